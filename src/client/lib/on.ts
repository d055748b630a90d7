import { guard } from './attempt.ts';

/**
 * Listens to types, separated by spaces, until the returned function is called, and before other listeners: `error` events
 * of resources do not bubble. Our listener never throws into the page.
 */
export function on<E extends globalThis.Event>(
  target: EventTarget | undefined | null,
  types: string,
  listener: (event: E) => void,
): () => void {
  const guarded = guard(listener) as EventListener;
  const each = (method: 'addEventListener' | 'removeEventListener') =>
    types.split(' ').forEach((type) => target?.[method](type, guarded, true));
  each('addEventListener');
  return () => each('removeEventListener');
}
