import type { Batch } from '../../src/protocol/batch.ts';
import type { Level } from '../../src/protocol/event.ts';
import type { LogRecord } from '../../src/protocol/log-record.ts';
import type { Random } from '../helpers/random.ts';
import { hex, makeBatch, sentence } from './make-event.ts';

export interface Site {
  /** Events in all. */
  events: number;
  bugs: number;
  /** Records of logs in all. */
  records: number;
  /** The first moment, ms. */
  from: number;
  /** Of an event. */
  eventBytes: number;
}

/** What one page sends. */
export interface Visit {
  at: number;
  batch: Batch;
}

const monthMs = 30 * 86_400_000;
const eventsOfVisit = 5;
const releases = 30;
const loggers = ['checkout', 'checkout.payment', 'checkout.address', 'search', 'search.index', 'net.http', 'ui', ''];
const said = [
  'request done',
  'retry',
  'cache missed',
  'payment accepted',
  'page rendered',
  'form left',
  'token renewed',
];
const levels: Level[] = ['debug', 'info', 'info', 'info', 'info', 'info', 'info', 'warning', 'warning', 'error'];

/** A month of a busy site. The first bug is one in ten of all events, the second one in twenty, and so on; each happens. */
export function* visitsOf(site: Site, random: Random): Generator<Visit> {
  const pickOften = createPickOften(site.bugs, random);
  const each = Math.floor(site.events / site.bugs);
  let made = 0;
  const nextBug = () => (made++ % each === 0 && made / each < site.bugs ? Math.floor(made / each) : pickOften());
  let written = 0;
  for (let from = 0; from < site.events; from += eventsOfVisit) {
    const part = from / site.events;
    const at = Math.round(site.from + part * monthMs);
    const events = Math.min(eventsOfVisit, site.events - from);
    const batch = makeBatch(random, { events, eventBytes: site.eventBytes, nextBug, at });
    const until = Math.round(((from + events) / site.events) * site.records);
    const records = Array.from({ length: until - written }, () => makeRecord(random, at));
    written = until;
    const [first] = batch.events;
    yield {
      at,
      batch: {
        ...batch,
        // A new one each day, and people who still have that of the days before.
        release: `1.${Math.max(0, Math.floor(part * releases) - Math.floor(4 * random.next() ** 3))}.0`,
        environment: random.pick(['production', 'production', 'production', 'staging']),
        device: { kind: random.pick(['desktop', 'mobile', 'tablet']) },
        // What records are found by; events say their own.
        ...(first?.browser && { browser: first.browser }),
        ...(first?.os && { os: first.os }),
        ...(first?.page && { page: first.page }),
        ...(first?.tags && { tags: first.tags }),
        records,
      },
    };
  }
}

/** By Zipf's law: the n-th is picked n times more seldom than the first. */
function createPickOften(count: number, random: Random): () => number {
  const upTo = new Float64Array(count);
  let sum = 0;
  for (let nth = 0; nth < count; nth++) upTo[nth] = sum += 1 / (nth + 1);
  return () => {
    const wanted = random.next() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? sum) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function makeRecord(random: Random, at: number): LogRecord {
  const order = hex(random, 8);
  return {
    id: hex(random, 24),
    at: at - random.below(10_000),
    level: random.pick(levels),
    logger: random.pick(loggers),
    text: `${random.pick(said)} ${sentence(random, 4)} order ${order}`,
    ...(random.below(2) === 0 && { data: { ms: random.below(2_000), order, shop: `shop-${random.below(200)}` } }),
  };
}
