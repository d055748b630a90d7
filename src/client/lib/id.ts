/** 16 random characters: the shortest id that the wire allows, about 82 bits. */
export function createId(win: Pick<Window, 'crypto'>): string {
  let id = '';
  for (const byte of win.crypto.getRandomValues(new Uint8Array(16))) id += (byte % 36).toString(36);
  return id;
}
