import { choose } from '../shared/data.ts';

const pick = <T>(v: number, first: T, second: T): T => (v === 0 ? first : second);

//=
export function makeGrid(v: number): unknown[] {
  const size = pick(v, -1, 2 ** 40);
  const grid = new Array(size); //@ numbers-grid-length: makeGrid
  return grid.fill(0);
}

//=
export function formatPrice(v: number): string {
  const digits = pick(v, 200, -4);
  const price = 12.3456;
  return `${price.toFixed(digits)} EUR`; //@ numbers-fixed-digits: formatPrice
}

//=
export function indent(v: number): string {
  const level = pick(v, -1, -20);
  const pad = ' '.repeat(level); //@ numbers-indent-repeat: indent
  return `${pad}- item`;
}

//=
export function stamp(v: number): string {
  const day = new Date(pick(v, 'not a day', '2026-99-99'));
  return day.toISOString(); //@ numbers-stamp-iso: stamp
}

//=
export function money(v: number): string {
  const currency = pick(v, 'EURO', 'X');
  const format = new Intl.NumberFormat('en', { style: 'currency', currency }); //@ numbers-money-currency: money
  return format.format(3);
}

//=
export function addBig(v: number): unknown {
  const ids = choose<unknown[]>(v, '[1]', '[2.5]');
  const big = BigInt(7);
  return (ids[0] as number) + (big as unknown as number); //@ numbers-bigint-mix: addBig
}

//=
export function toBig(v: number): bigint {
  const text = pick(v, '12,5', 'abc');
  const value = BigInt(text); //@ numbers-bigint-parse: toBig
  return value * 2n;
}

//=
export function area(v: number): number {
  const shapes: Record<string, () => number> = { square: () => 4 };
  const kind = pick(v, 'circle', 'ring');
  return shapes[kind]!() * 2; //@ numbers-area-shape: area
}

//=
export function radix(v: number): string {
  const base = pick(v, 1, 99);
  return `#${(255).toString(base)}`; //@ numbers-radix: radix
}

//=
export function codePoint(v: number): string {
  const sign = String.fromCodePoint(pick(v, -5, 0x110000)); //@ numbers-code-point: codePoint
  return sign.padEnd(4);
}
