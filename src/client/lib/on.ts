/** Listens until the returned function is called. Our listener never throws into the page. */
export function on<E extends globalThis.Event>(
  target: EventTarget | undefined | null,
  types: string,
  listener: (event: E) => void,
  capture = false,
): () => void {
  const guarded = (event: globalThis.Event) => {
    try {
      listener(event as E);
    } catch {
      // The page's event goes on.
    }
  };
  const each = (method: 'addEventListener' | 'removeEventListener') =>
    types.split(' ').forEach((type) => target?.[method](type, guarded, capture));
  each('addEventListener');
  return () => each('removeEventListener');
}
