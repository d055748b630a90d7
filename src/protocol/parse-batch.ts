import { batchVersion, type Batch, type Dropped, type Problem } from './batch.ts';
import type { Context, Event } from './event.ts';
import { limits } from './limits.ts';
import type { LogRecord } from './log-record.ts';
import { parseContext, parseNamed } from './parse/context.ts';
import { parseEvent, type Shared } from './parse/event.ts';
import { entries } from './parse/json.ts';
import { parseLogRecords } from './parse/log-record.ts';
import { isFields, Reader, type Fields } from './parse/reader.ts';
import { createSharedBudget } from './parse/shared-budget.ts';
import { parseDebugIds, parseStacks } from './parse/stacks.ts';
import { parseTrail } from './parse/trail.ts';
import { isTooDeep } from './parse/is-too-deep.ts';

export type ParsedBatch =
  | {
      ok: true;
      sdk: Batch['sdk'];
      /** By the page's clock; the collector's own where the page said none. */
      sentAt: number;
      /** Whole. They share lists and objects where the batch did: treat what hangs on them as read-only. */
      events: Event[];
      /** Lines of a log, without the context, which is the same for all of them. */
      records: LogRecord[];
      /** What the batch says once for all its events and records. */
      context: Context;
      /** What the page dropped. */
      dropped: Dropped[];
      /** Events and records that were refused; `problems` says why. */
      refused: number;
      problems: Problem[];
    }
  | { ok: false; problems: Problem[] };

/**
 * Turns unknown input, JSON text or a parsed value, into events, or into problems when it is no batch at all.
 * Never throws. Takes time and memory in proportion to the input.
 *
 * @example
 * const batch = parseBatch(await request.text());
 * if (batch.ok) for (const event of batch.events) console.log(event.exceptions[0]?.value);
 */
export function parseBatch(input: unknown, now: number = Date.now()): ParsedBatch {
  try {
    const value = typeof input === 'string' ? parseJson(input) : input;
    const message = whyNoBatch(value);
    return message ? refuse(message[0], message[1]) : parseFields(value as Fields, now);
  } catch (error) {
    return refuse(
      '',
      error instanceof SyntaxError ? `not JSON: ${error.message.slice(0, limits.label)}` : 'unreadable',
    );
  }
}

function refuse(path: string, message: string): ParsedBatch {
  return { ok: false, problems: [{ path, message }] };
}

function parseJson(text: string): unknown {
  return text.length > limits.maxBatchBytes || isTooDeep(text) ? undefined : JSON.parse(text);
}

/** Path and reason, when nothing of it can be used. */
function whyNoBatch(value: unknown): [path: string, message: string] | undefined {
  if (!isFields(value)) return ['', `must be an object of at most ${limits.maxBatchBytes} bytes`];
  if (value['version'] !== batchVersion) return ['version', `must be ${batchVersion}`];
  if (!Array.isArray(value['events'])) return ['events', 'must be a list'];
  return undefined;
}

function parseFields(batch: Fields, now: number): ParsedBatch {
  const reader = new Reader();
  if (batch['sentAt'] == null) reader.note('sentAt', 'missing: the time of arrival is taken');
  const sentAt = reader.time(batch['sentAt'], 'sentAt') ?? now;
  const shared: Shared = {
    context: parseContext(batch, '', reader),
    stacks: parseStacks(batch, reader),
    debugIds: parseDebugIds(batch['debugIds'], 'debugIds', reader),
    takeSlice: parseTrail(batch['trail'], reader),
    slice: batch['slice'],
    sentAt,
  };
  const list = batch['events'] as unknown[];
  const events = parseEvents(list, shared, reader);
  const dropped = parseDropped(batch['dropped'], reader);
  const sdk = parseSdk(batch['sdk'], reader);
  const records = parseLogRecords(batch['records'], sentAt, reader);
  const refused = list.length - events.length + countOf(batch['records']) - records.length;
  const { context } = shared;
  return { ok: true, sdk, sentAt, events, records, context, dropped, refused, problems: reader.problems };
}

const countOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);

function parseEvents(list: unknown[], shared: Shared, reader: Reader): Event[] {
  const isAffordable = createSharedBudget(shared.context);
  const events: Event[] = [];
  for (const [i, value] of reader.list(list, 'events', limits.eventsPerBatch).entries()) {
    const event = parseEvent(value, `events[${i}]`, shared, reader);
    if (!event) continue;
    if (isAffordable(event)) events.push(event);
    else reader.note(`events[${i}]`, 'refused: the events of this batch share too much; send smaller batches');
  }
  return events;
}

function parseSdk(value: unknown, reader: Reader): Batch['sdk'] {
  const sdk = parseNamed(value, 'sdk', reader);
  if (!sdk) reader.note('sdk', 'missing: needs name and version');
  return { name: sdk?.name ?? 'unknown', version: sdk?.version ?? '' };
}

function parseDropped(fields: unknown, reader: Reader): Dropped[] {
  const dropped: Dropped[] = [];
  const counts = reader.fields(fields, 'dropped') ?? {};
  for (const [reason, value] of entries(counts, limits.droppedReasons, 'dropped', reader)) {
    const count = reader.integer(value, 'dropped', 1, limits.count);
    if (reason && count) dropped.push({ reason, count });
    else reader.note('dropped', 'a count was refused: needs a reason and a whole number above 0');
  }
  return dropped;
}
