import type { Exception, Frame } from '../event.ts';
import { limits } from '../limits.ts';
import { cleanText, cutText, type Fields, type Reader } from './reader.ts';
import { fromEngineFrame } from './engine-frame.ts';
import { withoutAbsent } from './without-absent.ts';

/** Files, frames and stacks of a batch, resolved once: events that have equal stacks share one list. */
export function parseStacks(batch: Fields, reader: Reader): Frame[][] {
  const files = reader.list(batch['files'], 'files').map((file, i) => reader.text(file, `files[${i}]`, limits.url));
  const frames = reader
    .list(batch['frames'], 'frames')
    .map((frame, i) => plainFrame(frame, files) ?? parseFrame(frame, `frames[${i}]`, files, reader));
  return reader
    .list(batch['stacks'], 'stacks')
    .map((stack, i) => plainStack(stack, frames) ?? parseStack(stack, `stacks[${i}]`, frames, reader));
}

/** Debug ids by script URL. */
export function parseDebugIds(value: unknown, path: string, reader: Reader): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [url, id] of Object.entries(reader.fields(value, path) ?? {})) {
    if (typeof id === 'string' && /^[0-9a-f-]{32,36}$/i.test(id)) ids.set(cutText(url, limits.url), id.toLowerCase());
    else reader.note(`${path}.${url}`, 'must be a UUID');
  }
  return ids;
}

/** Those of the scripts that the frames name; undefined for none. */
export function debugIdsOf(exceptions: Exception[], ids: Map<string, string>): Record<string, string> | undefined {
  if (ids.size === 0) return undefined;
  const urls = new Set(exceptions.flatMap(({ frames }) => frames.map(({ filename }) => filename)));
  const own = [...urls].flatMap((url) => {
    const id = url === undefined ? undefined : ids.get(url);
    return url === undefined || id === undefined ? [] : [[url, id]];
  });
  return own.length > 0 ? (Object.fromEntries(own) as Record<string, string>) : undefined;
}

/** Of the form that nearly all have: in a stack of many, the paths for notes that are not made would cost the most. */
function plainFrame(value: unknown, files: (string | undefined)[]): Frame | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [name, file, lineno, colno] = value as unknown[];
  const filename = files[file as number];
  if (typeof name !== 'string' || typeof file !== 'number' || !name || !filename) return undefined;
  if (name.length > limits.label || !isPlace(lineno) || !isPlace(colno)) return undefined;
  return fromEngineFrame({ function: cleanText(name), filename, lineno, colno });
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

function plainStack(value: unknown, frames: Frame[]): Frame[] | undefined {
  if (!Array.isArray(value) || value.length > limits.framesPerStack) return undefined;
  const stack: Frame[] = [];
  for (const index of value as unknown[]) {
    const frame = frames[index as number];
    if (typeof index !== 'number' || !frame || !(frame.function ?? frame.filename)) return undefined;
    stack.push(frame);
  }
  return stack;
}

function parseFrame(value: unknown, path: string, files: (string | undefined)[], reader: Reader): Frame {
  const [name, file, lineno, colno] = reader.list(value, path, 4);
  const frame = withoutAbsent<Frame>({
    function: reader.text(name, `${path}[0]`) || undefined,
    filename: file === -1 ? undefined : lookUp(files, file, `${path}[1]`, reader),
    lineno: reader.integer(lineno, `${path}[2]`) || undefined,
    colno: reader.integer(colno, `${path}[3]`) || undefined,
  });
  return fromEngineFrame(frame);
}

function parseStack(value: unknown, path: string, frames: Frame[], reader: Reader): Frame[] {
  const stack: Frame[] = [];
  for (const [i, index] of reader.list(value, path, limits.framesPerStack).entries()) {
    const frame = lookUp(frames, index, `${path}[${i}]`, reader);
    // What engines call anonymous has neither.
    if (frame && (frame.function ?? frame.filename)) stack.push(frame);
  }
  return stack;
}

/** The entry that an index of the wire names. */
export function lookUp<T>(list: T[], index: unknown, path: string, reader: Reader): T | undefined {
  if (index == null) return undefined;
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < list.length) return list[index];
  return void reader.note(path, `must be an index below ${list.length}`);
}
