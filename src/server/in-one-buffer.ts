import type { ArrivedBatch } from './store/store.ts';

/**
 * The batch with the bytes of all its events in one buffer. Outside the heap, what waits for its commit costs the garbage
 * collector nothing; and to another thread it changes hands instead of being copied.
 */
export function inOneBuffer(batch: ArrivedBatch<string>): ArrivedBatch {
  const { arrivals } = batch;
  const bytes = Buffer.from(new ArrayBuffer(arrivals.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0)));
  let at = 0;
  const move = (json: string) => {
    const size = bytes.write(json, at);
    at += size;
    return new Uint8Array(bytes.buffer, at - size, size);
  };
  return { ...batch, arrivals: arrivals.map((arrival) => ({ ...arrival, json: move(arrival.json) })) };
}

/** The buffers of batches that were made so. */
export const buffersOf = (batches: ArrivedBatch[]): ArrayBuffer[] =>
  batches.flatMap(({ arrivals: [first] }) => (first?.json.buffer instanceof ArrayBuffer ? [first.json.buffer] : []));
