import type { Event, Frame } from '../../protocol/event.ts';
import type { Database } from './database.ts';
import { textOf } from './lines.ts';

export interface Dictionaries {
  /** Which to compress by; undefined while too few events have come. */
  newest(): { id: number; bytes: Uint8Array } | undefined;
  byId(id: number): Uint8Array | undefined;
  /** Shows it an event, of which it may learn. To be called in a transaction. */
  learn(json: Uint8Array): void;
  /** How much was left of an event: when it becomes too much, there is something new to learn. */
  judge(ratio: number): void;
  /** To be called after a transaction that failed: what was learnt in it is not in the file. */
  undo(): void;
}

const samplesWanted = 200;
/** More compresses little better, and costs more for each event. */
const maxBytes = 12_000;
/** How the mean of the ratios forgets, and how much worse it may become. */
const forgetting = 1 / 500;
const patience = 1.3;
const trialEvents = 2_000;

/**
 * What the events of a site have in common, above all their stacks, stands once in a dictionary: a stored event is then
 * hardly larger than what is new in it.
 */
export function createDictionaries(database: Database): Dictionaries {
  const known = new Map<number, Uint8Array>();
  const load = (where: string, ...values: number[]) => {
    const row = database.get(`SELECT id, bytes FROM dictionaries ${where}`, ...values);
    if (row) known.set(Number(row['id']), row['bytes'] as Uint8Array);
    return row && { id: Number(row['id']), bytes: row['bytes'] as Uint8Array };
  };
  let newest = load('ORDER BY id DESC LIMIT 1');
  let samples: string[] = [];
  let isLearning = !newest;
  let mean = 0;
  let best = Infinity;
  let judged = 0;

  return {
    newest: () => newest,
    byId: (id) => known.get(id) ?? load('WHERE id = ?', id)?.bytes,
    learn(json) {
      if (!isLearning) return;
      samples.push(textOf(json));
      if (samples.length < samplesWanted) return;
      const bytes = Buffer.from(commonOf(samples.map((sample) => JSON.parse(sample) as Event)));
      const { lastId } = database.run('INSERT INTO dictionaries (bytes) VALUES (?)', bytes);
      newest = { id: lastId, bytes };
      known.set(lastId, bytes);
      [samples, isLearning, mean, best, judged] = [[], false, 0, Infinity, 0];
    },
    undo() {
      known.clear();
      newest = load('ORDER BY id DESC LIMIT 1');
      isLearning ||= !newest;
    },
    judge(ratio) {
      judged++;
      mean = judged === 1 ? ratio : mean + (ratio - mean) * forgetting;
      if (judged < trialEvents) return;
      best = Math.min(best, mean);
      isLearning ||= mean > best * patience;
    },
  };
}

/**
 * Frames, the most common last, where zstd finds them soonest; then the form of events. Nothing that tells of a user is
 * taken: a dictionary outlives the events that it was made of.
 */
function commonOf(events: Event[]): string {
  const counts = new Map<string, number>();
  for (const { exceptions } of events) {
    for (const { frames } of exceptions) {
      for (const frame of frames) {
        const text = JSON.stringify(frame);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
  }
  const forms = [...new Set(events.slice(-20).map((event) => JSON.stringify(formOf(event))))].join('\n').slice(-4_000);
  const frames = [...counts].sort((a, b) => b[1] - a[1]).map(([text]) => text);
  let room = maxBytes - forms.length;
  const taken = frames.filter((text) => (room -= text.length + 1) > 0);
  return `${taken.reverse().join(',')}\n${forms}`;
}

/** What an event looks like, without what it says. */
function formOf(event: Event): unknown {
  const { browser, os, device, release, environment, page } = event;
  const frame: Frame = { function: '', filename: '' };
  return {
    ...event,
    id: '',
    at: Math.floor(event.at / 1e8) * 1e8,
    ...(event.session && { session: '' }),
    ...(event.user && { user: Object.fromEntries(Object.keys(event.user).map((name) => [name, ''])) }),
    ...(event.tags && { tags: Object.fromEntries(Object.keys(event.tags).map((name) => [name, ''])) }),
    ...(event.extra && { extra: Object.fromEntries(Object.keys(event.extra).map((name) => [name, ''])) }),
    ...(event.request && { request: { ...event.request, url: originOf(event.request.url) } }),
    ...(event.message && { message: '' }),
    ...(page && { page: { ...page, url: originOf(page.url), title: '', referrer: '' } }),
    ...{ browser, os, device, release, environment },
    debugIds: undefined,
    fingerprint: undefined,
    exceptions: event.exceptions.map(({ type }) => ({ type, value: '', frames: [frame] })),
    breadcrumbs: event.breadcrumbs
      .slice(0, 5)
      .map(({ kind, at, level }) => ({ at: Math.floor(at / 1e8) * 1e8, kind, text: '', level })),
  };
}

const originOf = (url: string) => (URL.canParse(url) ? `${new URL(url).origin}/` : '');
