import { choose } from '../shared/data.ts';
import { invariant } from '../shared/invariant.ts';

interface Report {
  rows: { cells: number[] }[];
  meta: { author: { name: string } };
}

//=
export function authorOf(v: number): string {
  const report = choose<Report>(v, '{"meta": {}}', '{"meta": {"author": null}}');
  const { name } = report.meta.author; //@ report-author: authorOf
  return name;
}

//=
export function sumRows(v: number): number {
  const report = choose<Report>(v, '{"rows": [null]}', '{"rows": [{"cells": [1]}, {}]}');
  let sum = 0;
  for (const row of report.rows) {
    sum += row.cells.reduce((a, b) => a + b, 0); //@ report-sum-rows: sumRows
  }
  return sum;
}

//=
export function printReport(v: number): void {
  const pages = v === 0 ? 0 : -1;
  //+ console.debug('printing', pages);
  invariant(pages > 0, `Cannot print ${pages} pages`); //@ report-print-pages: printReport <- helper-invariant
}
