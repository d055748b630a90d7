/** Of an object's fields those that are named, in one text. */
export const pick = (names: string, from: object): Record<string, unknown> =>
  Object.fromEntries(names.split(' ').map((name) => [name, (from as Record<string, unknown>)[name]]));
