import { win } from './win.ts';

/** 16 random characters: the shortest id that the wire allows, about 82 bits. */
export const createId = (): string =>
  Array.from(win.crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte % 36).toString(36)).join('');
