import {
  levels,
  mechanisms,
  requestFailures,
  type Breadcrumb,
  type Context,
  type Event,
  type Exception,
  type FailedRequest,
  type Frame,
} from '../event.ts';
import { limits } from '../limits.ts';
import { parseContext } from './context.ts';
import { parseId } from './id.ts';
import { isFields, type Fields, type Reader } from './reader.ts';
import { debugIdsOf, lookUp, parseDebugIds } from './stacks.ts';
import type { TakeSlice } from './trail.ts';
import { withoutAbsent } from './without-absent.ts';

/** What the events of a batch share, parsed already. */
export interface Shared {
  context: Context;
  stacks: Frame[][];
  debugIds: Map<string, string>;
  takeSlice: TakeSlice;
  /** For events that say nothing else. */
  slice: unknown;
  sentAt: number;
}

/** One event with everything that belongs to it; undefined, and noted, when it has no valid id. */
export function parseEvent(value: unknown, path: string, shared: Shared, reader: Reader): Event | undefined {
  if (!isFields(value)) return void reader.note(path, 'refused: must be an object');
  const id = parseId(value['id'], `${path}.id`, reader);
  if (id === undefined) return undefined;
  const exceptions = parseExceptions(value['exceptions'], `${path}.exceptions`, shared.stacks, reader);
  const request = parseRequest(value['request'], `${path}.request`, reader);
  const [first] = exceptions;
  // The page learns it when the text has been made.
  if (first && request?.failure === 'csp') first.value = first.value.replace(/ failed: network$/, ' failed: csp');
  const own = value['debugIds'];
  const ids = own == null ? shared.debugIds : parseDebugIds(own, `${path}.debugIds`, reader);
  return withoutAbsent<Event>({
    // First: by it the collector knows what waits, without parsing it.
    id,
    ...shared.context,
    ...parseContext(value, `${path}.`, reader),
    at: parseAt(value['at'], `${path}.at`, shared.sentAt, reader),
    level: reader.oneOf(value['level'], `${path}.level`, levels) ?? 'error',
    mechanism: reader.oneOf(value['mechanism'], `${path}.mechanism`, mechanisms) ?? 'onerror',
    handled: reader.flag(value['handled'], `${path}.handled`) ?? false,
    exceptions,
    debugIds: debugIdsOf(exceptions, ids),
    message: reader.text(value['message'], `${path}.message`, limits.message),
    request,
    fingerprint: parseFingerprint(value['fingerprint'], `${path}.fingerprint`, reader),
    breadcrumbs: parseSlice(value, path, shared),
    count: parseCount(value['count'], `${path}.count`, reader),
  });
}

function parseSlice(event: Fields, path: string, shared: Shared): Breadcrumb[] {
  return shared.takeSlice(event['trail'] ?? shared.slice, `${path}.trail`);
}

/** An event without a time happened when it was sent. */
function parseAt(value: unknown, path: string, sentAt: number, reader: Reader): number {
  return reader.time(value, path) ?? sentAt;
}

function parseCount(value: unknown, path: string, reader: Reader): number {
  return reader.integer(value, path, 1, limits.count) ?? 1;
}

function parseExceptions(value: unknown, path: string, stacks: Frame[][], reader: Reader): Exception[] {
  return reader
    .list(value, path, limits.exceptionsPerEvent)
    .map((exception, i) => parseException(exception, `${path}[${i}]`, i, stacks, reader));
}

/** `TypeError: text`: what an ErrorEvent says of an error that it does not give. */
const typeInText = /^([\w.]*(?:Error|Exception)): ([^]*)/;

/** Never refused: the others name their parents by index. */
function parseException(given: unknown, path: string, index: number, stacks: Frame[][], reader: Reader): Exception {
  const fields = reader.fields(given, path) ?? {};
  if (fields['type'] == null) reader.note(`${path}.type`, 'missing');
  // A parent stands before its children: so no chain can bite its tail.
  const parent = index === 0 ? undefined : reader.integer(fields['parent'], `${path}.parent`, 0, index - 1);
  if (index === 0 && fields['parent'] != null) reader.note(`${path}.parent`, 'the first exception has none');
  const relation = reader.oneOf(fields['relation'], `${path}.relation`, ['cause', 'member']);
  const text = reader.text(fields['value'], `${path}.value`, limits.message) ?? '';
  const type = reader.text(fields['type'], `${path}.type`);
  const [, named, value] = (type === '' && typeInText.exec(text)) || [];
  return withoutAbsent<Exception>({
    type: type || named || 'Error',
    value: value ?? text,
    frames: lookUp(stacks, fields['stack'], `${path}.stack`, reader) ?? [],
    parent,
    relation: parent === undefined ? undefined : (relation ?? 'cause'),
  });
}

function parseRequest(value: unknown, path: string, reader: Reader): FailedRequest | undefined {
  const fields = reader.fields(value, path);
  if (!fields) return undefined;
  const url = reader.text(fields['url'], `${path}.url`, limits.url);
  if (url === undefined) return void reader.note(path, 'refused: needs url');
  const status = reader.integer(fields['status'], `${path}.status`, 0, 999) || undefined;
  return withoutAbsent<FailedRequest>({
    method: reader.text(fields['method'], `${path}.method`) || 'GET',
    url,
    status,
    durationMs: reader.number(fields['durationMs'], `${path}.durationMs`),
    failure: reader.oneOf(fields['failure'], `${path}.failure`, requestFailures) ?? (status ? 'http' : 'network'),
  });
}

function parseFingerprint(value: unknown, path: string, reader: Reader): string[] | undefined {
  const parts = reader
    .list(value, path, limits.fingerprintParts)
    .map((part, i) => reader.text(part, `${path}[${i}]`))
    .filter((part) => part !== undefined);
  return parts.length ? parts : undefined;
}
