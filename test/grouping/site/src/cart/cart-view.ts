import type { Cart } from './cart.ts';
import { brokenCart, lightCart } from './cart.ts';
import { choose } from '../shared/data.ts';

interface Row {
  label: string;
  cells: { text: string }[];
}

//=
export function renderTotal(v: number): string {
  const cart = brokenCart(v);
  return `Total: ${cart.total()}`;
}

//=
export function renderBadge(v: number): string {
  const cart = brokenCart(v);
  const total = cart.total();
  //+ const label = total > 100 ? 'big' : 'small';
  return total > 0 ? `${total} EUR` : '';
}

//=
export function renderShipping(v: number): string {
  const cart = lightCart(v);
  const kilos = cart.weight / 1000;
  return `${kilos.toFixed(1)} kg`;
}

//=
export function widestCell(rows: Row[]): number {
  let widest = 0;
  rows.forEach((row) => {
    row.cells.forEach((cell) => {
      widest = Math.max(widest, cell.text.length); //@ cart-view-widest-cell: widestCell
    });
  });
  return widest;
}

//=
export function firstLabels(v: number): string {
  const rows = choose<Row[]>(v, '[{"label": "A", "cells": [null]}]', '[{"label": "B", "cells": [{}]}, null]');
  const width = widestCell(rows);
  return ''.padEnd(width, '-');
}

//=
export function summary(v: number): string {
  const rows = choose<Row[]>(v, '[null]', '[{"label": "A", "cells": []}, null]');
  return rows
    .filter((row) => row !== undefined)
    .map((row) => row.label.toUpperCase()) //@ cart-view-summary-chain: summary
    .join(', ');
}

//=
export const quickAdd = (cart: Cart | undefined, id: string): void => {
  const before = cart!.lines.size; //@ cart-view-quick-add: quickAdd
  console.debug('quick add', id, before);
};

//=
export const onRemoveClick = {
  cart: null as Cart | null,
  handleEvent(event: { type: string }): void {
    console.debug('remove', event.type);
    this.cart!.lines.delete('a1'); //@ cart-view-handle-event: onRemoveClick.handleEvent
  },
};
