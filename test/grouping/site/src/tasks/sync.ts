import { AppError } from '../shared/errors.ts';
import { send } from '../shared/http.ts';
import { choose } from '../shared/data.ts';
import { retry } from '../shared/retry.ts';
import { Bus } from 'tiny-bus';

interface Change {
  kind: string;
  payload: { rows: { id: number }[] };
}

class SyncError extends AppError {
  constructor(message: string, cause?: unknown) {
    super('sync', message, { cause });
  }
}

class ConflictError extends SyncError {
  constructor(id: number) {
    super(`Row ${id} was changed by someone else`);
  }
}

const bus = new Bus();

//=
function applyRow(row: { id: number }): void {
  if (row.id > 10) {
    throw new ConflictError(row.id); //@ sync-apply-conflict: applyRow
  }
}

//=
async function applyChange(change: Change): Promise<number> {
  await Promise.resolve();
  const rows = change.payload.rows; //@ sync-apply-rows: applyChange
  rows.forEach(applyRow);
  return rows.length;
}

//=
export async function pull(v: number): Promise<number> {
  const change = choose<Change>(v, '{"kind": "a"}', '{"kind": "b", "payload": null}');
  const count = await applyChange(change);
  //+ console.debug('pulled', count);
  return count;
}

//=
export async function pullTwice(v: number): Promise<void> {
  await Promise.all([
    applyChange(choose<Change>(v, '{}', '{"payload": null}')),
    send('/api/changes'),
  ]);
}

//=
export async function pullConflict(v: number): Promise<number> {
  const change = choose<Change>(v, '{"payload": {"rows": [{"id": 11}]}}', '{"payload": {"rows": [{"id": 1}, {"id": 99}]}}');
  return applyChange(change);
}

//=
export async function pullWrapped(v: number): Promise<number> {
  const change = choose<Change>(v, '{"payload": {"rows": [{"id": 12}]}}', '{"payload": {"rows": [{"id": 77}]}}');
  try {
    return await applyChange(change);
  } catch (error) {
    throw new SyncError('The pull failed', error);
  }
}

//=
export async function push(v: number): Promise<string> {
  const answer = await send(`/api/push?seq=${v}`);
  const parsed = JSON.parse(answer.text) as { receipt: { id: string } } | null;
  return parsed!.receipt.id; //@ sync-push-receipt: push
}

//=
export async function pushAll(v: number): Promise<void> {
  await retry(v + 1, async (attempt) => {
    await send(`/api/push?try=${attempt}`);
    throw new SyncError(`Attempt ${attempt} of ${v + 1} was refused`); //@ sync-push-refused: pushAll
  });
}

//=
export function connect(v: number): void {
  const listeners = choose<{ open: { handlers: (() => void)[] } }>(v, '{}', '{"open": null}');
  bus.on('online', () => {
    listeners.open.handlers.forEach((handler) => handler()); //@ sync-online-handlers: connect
  });
  bus.emit('online');
}

//=
export function schedule(v: number): void {
  const plan = choose<{ steps: { delay: number }[] }>(v, '{"steps": [null]}', '{"steps": [{"delay": 1}, null]}');
  plan.steps.reduce<Promise<void>>(
    (chain, step) =>
      chain.then(() => {
        const delay = step.delay; //@ sync-schedule-delay: schedule
        console.debug(delay);
      }),
    Promise.resolve(),
  );
}

//=
export function* batches(rows: number[][]): Generator<number> {
  for (const batch of rows) {
    const size = batch.length; //@ sync-batches-size: batches
    yield size;
  }
}

//=
export function countBatches(v: number): number {
  const rows = choose<number[][]>(v, '[null]', '[[1], null]');
  return Array.from(batches(rows)).length;
}

//=
export function firstBatch(v: number): number {
  const [first = 0] = batches(choose<number[][]>(v, '[null]', '[null]'));
  return first;
}

//=
export class Cursor {
  private token: { value: string } | null = null;
  static readonly limit = 5;

  constructor(token: { value: string } | null) {
    this.token = token;
  }

  get next(): string {
    return `after-${this.token!.value}`; //@ sync-cursor-next: Cursor.next
  }

  toJSON(): { next: string } {
    return { next: this.next };
  }
}

//=
export function saveCursor(v: number): string {
  const cursor = new Cursor(choose<{ value: string } | null>(v, 'null', 'null'));
  return `cursor ${JSON.stringify({ cursor })}`;
}

//=
export function showCursor(v: number): string {
  const cursor = new Cursor(choose<{ value: string } | null>(v, 'null', 'null'));
  return cursor.next.toUpperCase();
}

//=
export function decodeToken(v: number): unknown {
  const token = v === 0 ? 'a.b' : 'x.eyJ.y';
  const [, body = ''] = token.split('.');
  const text = atob(`${body}=====`); //@ sync-decode-token: decodeToken
  return JSON.parse(text);
}

//=
export function parseChange(v: number): Change {
  const line = v === 0 ? '{"kind":' : '{"kind": oops}';
  const change = JSON.parse(line) as Change; //@ sync-parse-change: parseChange
  change.kind = change.kind.trim();
  return change;
}

//=
export function localeOf(v: number): string {
  const tag = v === 0 ? 'english!' : 'de_DE@';
  const names = new Intl.DisplayNames([tag], { type: 'region' }); //@ sync-locale: localeOf
  return names.of('DE') ?? '';
}

//=
export function zoneTime(v: number): string {
  const timeZone = v === 0 ? 'Mars/Base' : 'Europe/Nowhere';
  const format = new Intl.DateTimeFormat('en', { timeZone }); //@ sync-zone: zoneTime
  return format.format(new Date(0));
}

//=
export function remember(v: number): void {
  const cache = new WeakSet<object>();
  const entry = choose<object>(v, '"key"', 'true');
  cache.add(entry); //@ sync-remember-weak: remember
  console.debug(cache.has(entry));
}

//=
export function pluginOf(v: number): unknown {
  const plugins: Record<string, () => unknown> = {
    table: class Table {} as unknown as () => unknown,
  };
  const make = plugins['table']!;
  const plugin = make(); //@ sync-plugin-call: pluginOf
  return [plugin, v];
}

//=
export function lateConfig(v: number): string {
  const read = (): { mode: string } => config; //@ sync-late-config: read
  const mode = read().mode;
  const config = load(v);
  return mode + config.mode;
}

function load(v: number): { mode: string } {
  return { mode: String(v) };
}
