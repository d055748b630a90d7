import type { ArrivedBatch } from './store/store.ts';

/** The batches with the bytes of all their events in one buffer, which then changes hands instead of being copied. */
export function inOneBuffer(batches: ArrivedBatch<string>[]): { batches: ArrivedBatch[]; buffer: ArrayBuffer } {
  const sizeOf = ({ arrivals }: ArrivedBatch<string>) =>
    arrivals.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
  const buffer = new ArrayBuffer(batches.reduce((sum, batch) => sum + sizeOf(batch), 0));
  const bytes = Buffer.from(buffer);
  let at = 0;
  const move = (json: string) => {
    const size = bytes.write(json, at);
    at += size;
    return new Uint8Array(buffer, at - size, size);
  };
  return {
    batches: batches.map((batch) => ({
      ...batch,
      arrivals: batch.arrivals.map((arrival) => ({ ...arrival, json: move(arrival.json) })),
    })),
    buffer,
  };
}
