import type { Fields } from './reader.ts';

const lists = ['trail', 'files', 'frames', 'stacks'];

/** A batch that goes on from another, made whole: fields that it has not are the base's, its lists follow the base's. */
export function goOn(base: Fields, batch: Fields): Fields {
  // What the base itself told is not told again.
  const whole: Fields = {
    ...base,
    sentAt: undefined,
    events: undefined,
    records: undefined,
    dropped: undefined,
    ...batch,
  };
  for (const name of lists) whole[name] = [...listOf(base[name]), ...listOf(batch[name])];
  return whole;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
