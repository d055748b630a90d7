import type { IssueDetail } from '../../protocol/api.ts';
import { valueWord } from './words.ts';

/** Fewer events say nothing about those to come. */
const minEvents = 5;
const mostly = 0.8;

const places: [property: string, word: string][] = [
  ['browser', 'in'],
  ['os', 'on'],
  ['url', 'on'],
];

/** `, mostly in Safari 18.1, only on iOS`: where it stands out; empty where it does not. */
export function forWhom({ events, distributions }: Pick<IssueDetail, 'events' | 'distributions'>): string {
  if (events < minEvents) return '';
  return places
    .map(([property, word]) => {
      const values = distributions.find((one) => one.property === property)?.values ?? [];
      const total = values.reduce((sum, { count }) => sum + count, 0);
      const top = values.reduce((most, one) => (one.count > most.count ? one : most), { value: '', count: 0 });
      if (!top.count || top.count < total * mostly) return '';
      return `, ${top.count === total ? 'only' : 'mostly'} ${word} ${valueWord(property, top.value)}`;
    })
    .join('');
}
