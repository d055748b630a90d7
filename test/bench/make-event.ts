import type { Batch, BatchEvent, BatchFrame } from '../../src/protocol/batch.ts';
import type { Breadcrumb } from '../../src/protocol/event.ts';
import type { Random } from '../helpers/random.ts';

const types = ['TypeError', 'ReferenceError', 'RangeError', 'NetworkError', 'SyntaxError'];
const verbs = ['read', 'load', 'render', 'submit', 'parse', 'open', 'close', 'merge', 'sort', 'track'];
const nouns = ['cart', 'price', 'address', 'voucher', 'photo', 'review', 'parcel', 'invoice', 'wallet', 'stock'];
const browsers = ['Chrome', 'Firefox', 'Safari', 'Edge'];
const systems = ['Windows', 'macOS', 'Android', 'iOS', 'Linux'];
const words = [...verbs, ...nouns, 'undefined', 'null', 'token', 'offline', 'timeout', 'quota', 'checkout', 'header'];

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;

/** The function that a bug is in: one of ten million different names. */
const functionOf = (bug: number) =>
  `${verbs[bug % 10]}${capital(nouns[Math.floor(bug / 10) % 10] ?? '')}${bug.toString(36)}`;

export const hex = (random: Random, length: number) =>
  Array.from({ length: length / 8 }, () =>
    Math.floor(random.next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');

export const sentence = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.pick(words)).join(' ');

function breadcrumb(random: Random, at: number, textWords: number): Breadcrumb {
  const kind = random.pick(['click', 'navigation', 'request', 'console'] as const);
  return {
    at,
    kind,
    text: `${kind} button#${random.pick(nouns)}-${random.below(1000)} ${sentence(random, textWords)}`,
  };
}

export interface MadeBatch {
  events?: number;
  eventBytes?: number;
  bugs?: number;
  /** Which bug comes next; by default few come often, and many seldom. */
  nextBug?: () => number;
  at?: number;
}

/**
 * A batch as a page would send it, of `events` events of about `eventBytes` bytes each: nothing of one event is in
 * another but the bug, of which there are `bugs`.
 */
export function makeBatch(
  random: Random,
  {
    events = 1,
    eventBytes = 3_000,
    bugs = 1_000,
    nextBug = () => Math.floor(bugs * random.next() ** 2),
    at = Date.now(),
  }: MadeBatch = {},
): Batch {
  const frames: BatchFrame[] = [];
  const stacks: number[][] = [];
  const trail: Breadcrumb[] = [];
  const made: BatchEvent[] = Array.from({ length: events }, (_, index) => {
    const bug = nextBug();
    const stack: number[] = [];
    for (let depth = 0; depth < 14; depth++) {
      const name = depth === 0 ? functionOf(bug) : functionOf((bug * 7 + depth * 13) % 100_000);
      stack.push(frames.push([name, (bug + depth) % 5, 1 + ((bug * 31 + depth * 97) % 5_000), 1 + (depth % 80)]) - 1);
    }
    stacks.push(stack);
    const from = trail.length;
    for (let i = 0; i < 6; i++) trail.push(breadcrumb(random, at - 1_000 * (10 - i), 4));
    const event: BatchEvent = {
      id: Array.from({ length: 16 }, () => random.below(36).toString(36)).join(''),
      at,
      exceptions: [
        {
          type: types[bug % types.length] ?? '',
          value: `Cannot ${verbs[bug % 10]} properties of ${nouns[bug % 7]} ${random.below(100_000)}`,
          stack: index,
        },
      ],
      user: { id: `user-${random.below(50_000)}` },
      tags: { plan: random.pick(['free', 'gold', 'trial']), shard: String(random.below(20)) },
      extra: { order: hex(random, 16), basket: sentence(random, 20) },
      trail: [from, trail.length],
      browser: { name: random.pick(browsers), version: `${100 + random.below(40)}.0` },
      os: { name: random.pick(systems) },
      page: { url: `https://shop.example/${random.pick(nouns)}/${random.below(5_000)}`, viewport: [1280, 720] },
    };
    const extra = event.extra ?? {};
    for (let i = 0; JSON.stringify(event).length < eventBytes - 2_300; i++) extra[`note${i}`] = sentence(random, 200);
    return event;
  });
  return {
    version: 1,
    sdk: { name: 'pagefault', version: '1.0.0' },
    sentAt: at,
    release: `1.${random.below(30)}.0`,
    environment: 'production',
    session: hex(random, 32),
    device: { kind: 'desktop' },
    trail,
    files: [0, 1, 2, 3, 4].map((file) => `https://shop.example/assets/chunk-${file}.js`),
    frames,
    stacks,
    events: made,
  };
}
