import type { Problem } from '../batch.ts';
import { limits } from '../limits.ts';

/** Latest time that a `Date` can hold, milliseconds since 1970. */
export const maxTime = 8.64e15;

/** More than fit into a batch: an entry and its comma are two characters. */
const maxEntries = limits.maxBatchBytes / 2;

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that every store can hold: no halves of surrogate pairs (UTF-8 has none), no NUL (PostgreSQL refuses it). */
export function cleanText(text: string): string {
  // Nearly every text is fine, and one look is cheaper than two copies.
  return /[\0\uD800-\uDFFF]/.test(text) ? text.replace(/\p{Cs}/gu, '\uFFFD').replaceAll('\0', '\uFFFD') : text;
}

/** At most `max` code units; what was cut ends in an ellipsis. */
export function cutText(text: string, max: number): string {
  return cleanText(text.length > max ? `${text.slice(0, max - 1)}…` : text);
}

/**
 * Reads fields of unknown input. Absent and null are undefined and no problem; what has the wrong type is undefined
 * and noted; what is too long is cut and noted.
 */
export class Reader {
  readonly problems: Problem[] = [];

  note(path: string, message: string): void {
    if (this.problems.length < limits.problems) this.problems.push({ path: cutText(path, limits.label), message });
  }

  text(value: unknown, path: string, max: number = limits.label): string | undefined {
    if (value == null) return undefined;
    if (typeof value !== 'string') return void this.note(path, `must be a string, is ${kindOf(value)}`);
    if (value.length > max) this.note(path, `cut to ${max} characters`);
    return cutText(value, max);
  }

  /** A finite number from `min` to `max`; -0, which JSON cannot say, is 0. */
  number(value: unknown, path: string, min = 0, max = Number.MAX_SAFE_INTEGER): number | undefined {
    if (value == null) return undefined;
    if (typeof value === 'number' && value >= min && value <= max) return value + 0;
    return void this.note(path, `must be a number from ${min} to ${max}`);
  }

  integer(value: unknown, path: string, min = 0, max = Number.MAX_SAFE_INTEGER): number | undefined {
    if (value == null || Number.isInteger(value)) return this.number(value, path, min, max);
    return void this.note(path, 'must be a whole number');
  }

  /** Milliseconds since 1970, rounded to whole ones. */
  time(value: unknown, path: string): number | undefined {
    const time = this.number(value, path, 0, maxTime);
    return time === undefined ? undefined : Math.round(time);
  }

  flag(value: unknown, path: string): boolean | undefined {
    if (value == null || typeof value === 'boolean') return value ?? undefined;
    return void this.note(path, `must be true or false, is ${kindOf(value)}`);
  }

  oneOf<T extends string>(value: unknown, path: string, words: readonly T[]): T | undefined {
    if (value == null) return undefined;
    const word = words.find((word) => word === value);
    if (word === undefined) this.note(path, `must be one of ${words.join(', ')}`);
    return word;
  }

  fields(value: unknown, path: string): Fields | undefined {
    if (value == null) return undefined;
    return isFields(value) ? value : void this.note(path, `must be an object, is ${kindOf(value)}`);
  }

  /** At most `max` entries, without holes; the rest is cut. */
  list(value: unknown, path: string, max: number = maxEntries): unknown[] {
    if (value == null) return [];
    if (!Array.isArray(value)) {
      this.note(path, `must be a list, is ${kindOf(value)}`);
      return [];
    }
    if (value.length > max) this.note(path, `cut to ${max} of ${value.length} entries`);
    return [...(value.slice(0, max) as unknown[])];
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
