import { Router } from 'router-lite';
import { Bus } from 'tiny-bus';
import { QueryClient } from 'query-lite';
import { choose } from '../shared/data.ts';
import { send } from '../shared/http.ts';

const bus = new Bus({ strict: true });
const client = new QueryClient();

bus.on('order:paid', (payload) => {
  const { invoice } = payload as { invoice: { number: string } };
  console.debug(invoice.number.padStart(8, '0')); //@ routes-paid-invoice: bus.on
});

bus.on('order:sent', function onSent(payload) {
  const parcel = payload as { carrier: { code: string } };
  console.debug(parcel.carrier.code); //@ routes-sent-carrier: onSent
});

const router = new Router()
  .add('/orders/:id', async (params) => {
    await send(`/api/order/${params['id']}`);
    const order = choose<{ status: { text: string } }>(params['id'] === '0' ? 0 : 1, 'null', '{}');
    return order.status.text; //@ routes-order-status: callback
  })
  .add('/help/:topic', (params) => showHelp(params['topic']!));

function showHelp(topic: string): string {
  const topics: Record<string, { body: string }> = { start: { body: '...' } };
  return topics[topic]!.body.trim(); //@ routes-help-topic: showHelp
}

//=
export function openOrder(v: number): unknown {
  return router.go(`/orders/${v}`);
}

//=
export function openHelp(v: number): unknown {
  return router.go(`/help/${v === 0 ? 'returns' : 'gift-cards'}`);
}

//=
export function helpLink(v: number): unknown {
  const topic = v === 0 ? 'sizes' : 'colours';
  return showHelp(topic);
}

//=
export function openAccount(v: number): unknown {
  const tab = v === 0 ? 'billing' : 'security';
  return router.go(`/account/${tab}/edit`); //@ routes-noroute-account: openAccount <- pkg-router-noroute
}

//=
export function openReport(v: number): unknown {
  //+ const year = new Date().getFullYear();
  const path = `/reports/${2020 + v}/summary/all`;
  const page = router.go(path); //@ routes-noroute-report: openReport <- pkg-router-noroute
  return [page];
}

//=
export function paid(v: number): void {
  bus.emit('order:paid', v === 0 ? {} : { invoice: { number: 12 } });
}

//=
export function paidLater(v: number): void {
  setTimeout(() => bus.emit('order:paid', v === 0 ? { invoice: null } : { invoice: {} }));
}

//=
export function sent(v: number): void {
  bus.emit('order:sent', v === 0 ? {} : { carrier: null });
}

//=
export function returned(v: number): void {
  const name = v === 0 ? 'order:returned' : 'order:returned:partly';
  bus.emit(name, {}); //@ routes-nobody-returned: returned <- pkg-bus-nobody
}

//=
export function cancelled(v: number): void {
  const orders = choose<string[]>(v, '["a"]', '["a", "b"]');
  for (const order of orders) {
    bus.emit(`cancel:${order}`, { order }); //@ routes-nobody-cancelled: cancelled <- pkg-bus-nobody
  }
}

//=
export function cachedOrder(v: number): unknown {
  const order = client.read(`order-${v}`); //@ routes-nodata-order: cachedOrder <- pkg-query-nodata
  return order;
}

//=
export function cachedCustomer(v: number): unknown {
  const key = v === 0 ? 'customer/anna@example.com' : 'customer/bo@example.org';
  return client.read(key); //@ routes-nodata-customer: cachedCustomer <- pkg-query-nodata
}

//=
export async function queryTotals(v: number): Promise<unknown> {
  return client.fetchQuery('totals', async () => {
    await send('/api/totals');
    const totals = choose<{ sum: { value: number } }>(v, '{}', '{"sum": null}');
    return totals.sum.value; //@ routes-query-totals: queryTotals
  });
}
