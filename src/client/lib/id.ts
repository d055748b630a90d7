import { win } from './win.ts';

let start: string | undefined;
let last = 36 ** 3;

/**
 * 16 characters, the shortest id that the wire allows: 12 random ones (about 62 bits), once, and a number. To ask for
 * random values each time takes longer than the rest of what an event needs.
 */
export const createId = (): string =>
  (start ??= win.crypto.getRandomValues(new Uint8Array(12)).reduce((id, byte) => id + (byte % 36).toString(36), '')) +
  (++last).toString(36);
