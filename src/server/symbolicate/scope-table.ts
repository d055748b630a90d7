import type { DecodedMap } from './decode-map.ts';
import type { Range } from './function-in.ts';
import type { NameOf } from './function-names.ts';
import { mapLimits } from './map-limits.ts';
import { scopesOf, type ScopeStart } from './source-scopes.ts';
import { withinMs } from './time-limit.ts';
import { messageOf } from '../lib/message-of.ts';

/** The functions of some sources, as columns of numbers and a list of names. */
export interface ScopeTable {
  names: string[];
  lines: number[];
  columns: number[];
  /** Indexes into `names`. */
  ids: number[];
  /** By index of the source; null where it is no program or takes too long. */
  ranges: Map<number, Range | null>;
  problems: string[];
}

/** Reads those of the sources that `isWanted` names. */
export function readScopes(
  paths: string[],
  texts: (string | null)[],
  isWanted: (index: number) => boolean = () => true,
): ScopeTable {
  const table = emptyTable();
  const wanted = texts.map((text, i) => (isWanted(i) ? text : null));
  parseEach(wanted, table.problems, (text, i) => {
    const starts = scopesOf(paths[i] ?? '', text);
    table.ranges.set(i, starts ? append(table, starts) : null);
  });
  return table;
}

/** Functions of the bundle itself, called as the map calls the identifiers at their places. */
export function readBundleScopes(bundle: string, map: DecodedMap): ScopeTable {
  const table = emptyTable();
  const nameOf = namesByPlace(map);
  parseEach([bundle], table.problems, (text) => {
    const starts = scopesOf('bundle.js', text, nameOf);
    table.ranges.set(0, starts ? append(table, starts) : null);
  });
  return table;
}

/** Puts the functions of one table behind those of another; answers by how much its ranges have moved. */
export function mergeScopes(into: ScopeTable, from: ScopeTable): number {
  const shift = into.lines.length;
  const idOf = idsOf(into);
  for (let i = 0; i < from.lines.length; i++) {
    into.lines.push(from.lines[i] ?? 0);
    into.columns.push(from.columns[i] ?? 0);
    into.ids.push(idOf(from.names[from.ids[i] ?? 0] ?? ''));
  }
  into.problems.push(...from.problems);
  return shift;
}

/** The sources in two parts that take about as long to read: true for the first. Depends on nothing but the texts. */
export function halves(texts: (string | null)[]): boolean[] {
  let balance = 0;
  return texts.map((text) => {
    const isFirst = balance <= 0;
    balance += (isFirst ? 1 : -1) * (text?.length ?? 0);
    return isFirst;
  });
}

function emptyTable(): ScopeTable {
  return { names: [''], lines: [], columns: [], ids: [], ranges: new Map(), problems: [] };
}

const knownIds = new WeakMap<ScopeTable, Map<string, number>>();

function idsOf(table: ScopeTable): (name: string) => number {
  const ids = knownIds.get(table) ?? new Map(table.names.map((name, id) => [name, id]));
  knownIds.set(table, ids);
  return (name) => {
    const id = ids.get(name) ?? table.names.push(name) - 1;
    ids.set(name, id);
    return id;
  };
}

function append(table: ScopeTable, starts: ScopeStart[]): Range {
  const idOf = idsOf(table);
  const from = table.lines.length;
  for (const { line, column, name } of starts) {
    table.lines.push(line);
    table.columns.push(column);
    table.ids.push(idOf(name));
  }
  return [from, table.lines.length];
}

/** Runs `parse` for each text under the time limits. */
function parseEach(texts: (string | null)[], problems: string[], parse: (text: string, index: number) => void): void {
  const end = performance.now() + mapLimits.parseMs;
  let i = 0;
  while (i < texts.length) {
    const left = end - performance.now();
    if (left < 1) {
      problems.push(`the functions of ${texts.length - i} sources are unknown: parsing takes too long`);
      return;
    }
    try {
      withinMs(Math.ceil(Math.min(left, mapLimits.parseSourceMs)), () => {
        // A run ends early enough that its last source has most of its time.
        const pause = performance.now() + mapLimits.parseSourceMs / 4;
        for (; i < texts.length && performance.now() < pause; i++) {
          const text = texts[i];
          if (text && text.length <= mapLimits.parsedSource) parse(text, i);
        }
      });
    } catch (error) {
      problems.push(`the functions of a source are unknown: ${messageOf(error)}`);
      i++;
    }
  }
}

/** By the generated place of an identifier, the name that the map gives it. */
function namesByPlace({ segments, names }: DecodedMap): NameOf {
  const byPlace = new Map<string, string>();
  for (let line = 0; line < segments.lineStarts.length - 1; line++) {
    const end = segments.lineStarts[line + 1] ?? 0;
    for (let at = segments.lineStarts[line] ?? 0; at < end; at++) {
      const name = names[(segments.names[at] ?? 0) - 1];
      if (name) byPlace.set(`${line}:${segments.generatedColumns[at]}`, name);
    }
  }
  return (identifier, text) => {
    const start = identifier.loc?.start;
    return (start && byPlace.get(`${start.line - 1}:${start.column}`)) ?? text;
  };
}
