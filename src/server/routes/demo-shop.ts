import type { FastifyInstance } from 'fastify';
import { demoProducts, type DemoProduct } from './demo-products.ts';

interface CartLine {
  product: DemoProduct;
  quantity: number;
  total: number;
}

const freeShippingFrom = 10_000;
const parcel = 590;
const mostOfOne = 99;

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function linesOf(body: unknown): CartLine[] {
  const items = object(object(body)['items']);
  return demoProducts.flatMap((product) => {
    const wanted = Number(items[product.id] ?? 0);
    const quantity = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), mostOfOne) : 0;
    return quantity ? [{ product, quantity, total: quantity * product.price }] : [];
  });
}

function price(lines: CartLine[]) {
  const goods = lines.reduce((sum, line) => sum + line.total, 0);
  const shipping = goods && goods < freeShippingFrom ? parcel : 0;
  return { lines, goods, shipping, total: goods + shipping };
}

/** The back end of the demo shop, as far as it works. It keeps nothing. */
export function demoShopRoutes(app: FastifyInstance): void {
  app.get('/demo/api/products', () => demoProducts);

  app.get<{ Params: { id: string } }>('/demo/api/products/:id', (request, reply) => {
    const product = demoProducts.find(({ id }) => id === request.params.id);
    return product ?? reply.code(404).send({ error: 'not-found', message: 'No such pot.' });
  });

  app.post('/demo/api/cart', (request) => price(linesOf(request.body)));

  app.post('/demo/api/orders', (request) => {
    const { total } = price(linesOf(request.body));
    return { number: 'C-2046', placed: 'today', total, state: 'In the kiln' };
  });

  app.get('/demo/api/account', () => ({
    name: 'Ida Lehm',
    email: 'ida@example.com',
    address: 'Lehmweg 4, Kiel',
    orders: [
      { number: 'C-2031', placed: '3 November', total: 7_390, state: 'On its way' },
      { number: 'C-1988', placed: '17 August', total: 18_900, state: 'Arrived whole' },
    ],
  }));
}
