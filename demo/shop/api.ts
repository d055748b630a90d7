/** The shop's own back end: the collector plays it below `/demo/api`. */

export interface Product {
  id: string;
  name: string;
  /** Cents. */
  price: number;
  line: string;
  description: string;
  size: string;
  stock: number;
}

export interface CartLine {
  product: Product;
  quantity: number;
  /** Cents. */
  total: number;
}

/** A cart as the back end reckons it, in cents. */
export interface PricedCart {
  lines: CartLine[];
  goods: number;
  shipping: number;
  total: number;
}

export interface Buyer {
  name: string;
  email: string;
  street: string;
  postcode: string;
  city: string;
}

export interface Order {
  number: string;
  placed: string;
  total: number;
  state: string;
}

export interface Account {
  name: string;
  email: string;
  address: string;
  orders: Order[];
}

export type Quantities = Record<string, number>;

async function request<T>(path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: jsonType };
  const response = await fetch(`/demo/api${path}`, init);
  if (!response.ok) throw new Error(`The shop answered ${response.status} to ${path}`);
  return (await response.json()) as T;
}

const jsonType = { 'content-type': 'application/json' };

export const fetchProducts = (): Promise<Product[]> => request('/products');
export const fetchProduct = (id: string): Promise<Product> => request(`/products/${encodeURIComponent(id)}`);
export const priceCart = (items: Quantities): Promise<PricedCart> => request('/cart', { items });
export const placeOrder = (items: Quantities, buyer: Buyer): Promise<Order> => request('/orders', { items, buyer });
export const fetchAccount = (): Promise<Account> => request('/account');
