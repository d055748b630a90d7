/** Of ES2024, which every Node that we run on has. */
type Transferable = ArrayBufferLike & { transfer(newLength: number): ArrayBuffer };

/** Counts the events that lie in a buffer. */
export interface BuffersInUse {
  /** One more that is needed. `isOwn` says that nothing but events, all of them counted, lies in its buffer. */
  take(json: Uint8Array, isOwn?: boolean): void;
  /** One that nobody needs any more. */
  done(json: Uint8Array): void;
}

/**
 * Gives the memory of events back when the last of a buffer is done. V8's collector would by itself, but late: what waits
 * for its transaction has outlived the quick rounds by then, and full ones are seldom, and dearer the more there is. A buffer
 * that is larger than the events in it may have something else in it, and is left to the collector.
 */
export function createBuffersInUse(): BuffersInUse {
  const known = new WeakMap<ArrayBufferLike, { left: number; bytes: number; isOwn: boolean }>();
  return {
    take({ buffer, length }, isOwn = false) {
      const use = known.get(buffer) ?? { left: 0, bytes: 0, isOwn };
      use.left++;
      use.bytes += length;
      known.set(buffer, use);
    },
    done({ buffer }) {
      const use = known.get(buffer);
      if (!use || --use.left > 0) return;
      known.delete(buffer);
      if (use.isOwn || use.bytes === buffer.byteLength) (buffer as Transferable).transfer(0);
    },
  };
}
