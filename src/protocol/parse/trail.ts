import { breadcrumbKinds, levels, type Breadcrumb } from '../event.ts';
import { limits } from '../limits.ts';
import { parseRecord } from './json.ts';
import { cleanText, isFields, maxTime, type Reader } from './reader.ts';
import { withoutAbsent } from './without-absent.ts';

/** Gives an event the breadcrumbs of its slice; equal slices are one list. */
export type TakeSlice = (slice: unknown, path: string) => Breadcrumb[];

export function parseTrail(value: unknown, reader: Reader): TakeSlice {
  // A crumb that was refused keeps its place, so that the others keep their indexes.
  const trail = reader
    .list(value, 'trail')
    .map((crumb, i) => plainBreadcrumb(crumb) ?? parseBreadcrumb(crumb, `trail[${i}]`, reader));
  const taken = new Map<string, Breadcrumb[]>();
  return (slice, path) => {
    if (slice == null) return [];
    const [from, to] = parseBounds(slice, path, trail.length, reader);
    const key = `${from} ${to}`;
    const crumbs = taken.get(key) ?? trail.slice(from, to).filter((crumb) => crumb !== undefined);
    taken.set(key, crumbs);
    return crumbs;
  };
}

/** From and to, inside the trail, and of the newest where they span too many. */
function parseBounds(slice: unknown, path: string, length: number, reader: Reader): [number, number] {
  const [first, second] = reader.list(slice, path, 2);
  const from = reader.integer(first ?? 0, `${path}[0]`, 0, length) ?? 0;
  const to = reader.integer(second ?? length, `${path}[1]`, 0, length) ?? length;
  if (to - from <= limits.breadcrumbs) return [from, Math.max(from, to)];
  reader.note(path, `cut to the last ${limits.breadcrumbs} of ${to - from} entries`);
  return [to - limits.breadcrumbs, to];
}

/** Of the form that most have, without the paths for notes that are not made. */
function plainBreadcrumb(value: unknown): Breadcrumb | undefined {
  if (!isFields(value)) return undefined;
  const { at, kind, text, level, data } = value;
  if (level != null || data != null || typeof text !== 'string' || text.length > limits.breadcrumbText)
    return undefined;
  if (!Number.isSafeInteger(at) || !isKind(kind)) return undefined;
  const time = at as number;
  return time > 0 && time <= maxTime ? { at: time, kind, text: cleanText(text) } : undefined;
}

const kinds = new Set<unknown>(breadcrumbKinds);
const isKind = (kind: unknown): kind is Breadcrumb['kind'] => kinds.has(kind);

function parseBreadcrumb(value: unknown, path: string, reader: Reader): Breadcrumb | undefined {
  if (!isFields(value)) return void reader.note(path, 'must be an object');
  const at = reader.time(value['at'], `${path}.at`);
  const text = reader.text(value['text'], `${path}.text`, limits.breadcrumbText);
  if (at === undefined || text === undefined) return void reader.note(path, 'refused: needs at and text');
  return withoutAbsent<Breadcrumb>({
    at,
    kind: reader.oneOf(value['kind'], `${path}.kind`, breadcrumbKinds) ?? 'custom',
    text,
    level: reader.oneOf(value['level'], `${path}.level`, levels),
    data: parseRecord(value['data'], `${path}.data`, reader),
  });
}
