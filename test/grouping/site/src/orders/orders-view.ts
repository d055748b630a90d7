import { h, render, useEffect } from 'view-lite';
import type { Node } from 'view-lite';
import { choose } from '../shared/data.ts';

interface OrderProps {
  order: { total: { amount: number; currency: string } };
}

const root = { html: '' };

function OrderRow(props: Record<string, unknown>): Node {
  const { order } = props as unknown as OrderProps;
  const amount = order.total.amount.toFixed(2); //@ orders-row-total: OrderRow
  return h('td', {}, amount);
}

function OrderTable(props: Record<string, unknown>): Node {
  const orders = props['orders'] as OrderProps['order'][];
  return h('table', {}, ...orders.map((order) => h('tr', {}, h(OrderRow, { order }))));
}

function Clock(props: Record<string, unknown>): Node {
  useEffect(() => {
    const zone = props['zone'] as { offset: number };
    console.debug(zone.offset.toFixed()); //@ orders-clock-effect: Clock
  });
  return h('time', {}, 'now');
}

function Heading(props: Record<string, unknown>): Node {
  const texts = props['texts'] as Record<string, string>;
  return h('h1', {}, texts['heading']!.trim()); //@ orders-heading-text: Heading
}

//=
export function showOrders(v: number): void {
  const orders = choose<OrderProps['order'][]>(v, '[{}]', '[{"total": {"amount": null}}]');
  render(h(OrderTable, { orders }), root);
}

//=
export function showOneOrder(v: number): void {
  const order = choose<OrderProps['order']>(v, '{"total": null}', '{"total": {}}');
  render(h('main', {}, h(OrderRow, { order })), root);
}

//=
export function showClock(v: number): void {
  render(h(Clock, { zone: v === 0 ? null : {} }), root);
}

//=
export function showHeading(v: number): void {
  //+ root.html = '';
  render(h(Heading, { texts: v === 0 ? {} : { heading: null } }), root);
}
