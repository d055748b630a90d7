/** Pairs of numbers that are known. */
export interface NumberPairs {
  /** Both whole: `first` below 2^32, `second` below 2^53. */
  has(first: number, second: number): boolean;
  /** Answers whether it was not known. */
  add(first: number, second: number): boolean;
  size(): number;
  clear(): void;
}

/** A power of two, as all numbers of slots are. */
const fewestSlots = 4_096;
/** Of all slots; then there are twice as many. */
const fullest = 0.7;

/**
 * Of a busy site there are hundreds of thousands, which would be most of what V8's collector has to look through and to
 * move, round after round: so they are 64 bits each in a list that it does not look into. These bits are made of the pair;
 * that two pairs have the same ones happens among a million pairs once in forty million times.
 */
export function createNumberPairs(): NumberPairs {
  // Of a pair, a slot has both halves; it is free while they are zero.
  let slots = new Uint32Array(2 * fewestSlots);
  let mask = fewestSlots - 1;
  let count = 0;
  let [low, high] = [0, 0];
  const mixPair = (first: number, second: number) => {
    const upper = Math.floor(second / 0x1_0000_0000);
    low = mix(mix(mix(0x2545_f491, second), upper), first) || 1;
    high = mix(mix(mix(0x6c07_8965, first), second), upper);
  };
  /** Where the pair that was mixed last is, or would be. */
  const find = (): number => {
    let slot = low & mask;
    while (slots[2 * slot] !== 0 && (slots[2 * slot] !== low || slots[2 * slot + 1] !== high)) slot = (slot + 1) & mask;
    return 2 * slot;
  };
  const put = (at: number) => {
    slots[at] = low;
    slots[at + 1] = high;
  };
  const grow = () => {
    const before = slots;
    slots = new Uint32Array(2 * before.length);
    mask = before.length - 1;
    for (let at = 0; at < before.length; at += 2) {
      [low, high] = [before[at] ?? 0, before[at + 1] ?? 0];
      if (low !== 0) put(find());
    }
  };
  return {
    has(first, second) {
      mixPair(first, second);
      return slots[find()] !== 0;
    },
    add(first, second) {
      mixPair(first, second);
      const at = find();
      if (slots[at] !== 0) return false;
      put(at);
      if (++count > fullest * mask) grow();
      return true;
    },
    size: () => count,
    clear() {
      if (count === 0) return;
      slots = new Uint32Array(2 * fewestSlots);
      mask = fewestSlots - 1;
      count = 0;
    },
  };
}

/** A step of MurmurHash3, and its end. */
function mix(before: number, value: number): number {
  let bits = Math.imul(value, 0xcc9e_2d51);
  bits = Math.imul((bits << 15) | (bits >>> 17), 0x1b87_3593) ^ before;
  bits = Math.imul((bits << 13) | (bits >>> 19), 5) + 0xe654_6b64;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  return (bits ^ (bits >>> 13)) >>> 0;
}
