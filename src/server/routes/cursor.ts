import { HttpError } from '../http/errors.ts';

/** The place after which the next page begins, as numbers that only this server reads. */
export const writeCursor = (place: number[]): string => place.join('.');

export function readCursor(cursor: string | undefined, length: number): number[] | undefined {
  if (cursor === undefined) return undefined;
  const place = cursor.split('.').map(Number);
  if (place.length === length && place.every(Number.isSafeInteger)) return place;
  throw new HttpError(400, 'invalid', 'This cursor is none of ours.');
}
