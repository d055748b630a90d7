/** 16 random characters: the shortest id that the wire allows, about 82 bits. */
export const createId = ({ crypto }: Pick<Window, 'crypto'>): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte % 36).toString(36)).join('');
