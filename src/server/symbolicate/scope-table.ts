import type { DecodedMap } from './decode-map.ts';
import type { NameOf } from './function-names.ts';
import { mapLimits } from './map-limits.ts';
import { scopesOf, type ScopeStart } from './source-scopes.ts';
import { withinMs } from './time-limit.ts';

type Range = [from: number, to: number];

/** The functions of all sources of a map, as columns of numbers and a list of names. */
export function createScopeTable() {
  const names: string[] = [''];
  const ids = new Map([['', 0]]);
  const lines: number[] = [];
  const columns: number[] = [];
  const scopeIds: number[] = [];

  const idOf = (name: string) => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, names.length);
    return names.push(name) - 1;
  };
  const add = (starts: ScopeStart[]): Range => {
    const from = lines.length;
    for (const start of starts) {
      lines.push(start.line);
      columns.push(start.column);
      scopeIds.push(idOf(start.name));
    }
    return [from, lines.length];
  };
  return {
    names,
    columns: () => ({ scopeLines: lines, scopeColumns: columns, scopeIds }),
    /** One range for each source; null where its text is missing, no program, or takes too long. */
    addSources(paths: string[], texts: (string | null)[], note: (problem: string) => void): (Range | null)[] {
      const ranges: (Range | null)[] = texts.map(() => null);
      parseEach(texts, note, (text, i) => {
        const starts = scopesOf(paths[i] ?? '', text);
        if (starts) ranges[i] = add(starts);
      });
      return ranges;
    },
    /** Functions of the bundle, called as the map calls the identifiers at their places. */
    addBundle(bundle: string, map: DecodedMap): Range | null {
      let range: Range | null = null;
      const nameOf = namesByPlace(map);
      parseEach(
        [bundle],
        () => {},
        (text) => {
          const starts = scopesOf('bundle.js', text, nameOf);
          if (starts) range = add(starts);
        },
      );
      return range;
    },
  };
}

/** Runs `parse` for each text under the time limits. */
function parseEach(
  texts: (string | null)[],
  note: (problem: string) => void,
  parse: (text: string, index: number) => void,
): void {
  const end = performance.now() + mapLimits.parseMs;
  let i = 0;
  while (i < texts.length) {
    const left = end - performance.now();
    if (left < 1) return note(`functions of ${texts.length - i} sources are unknown: parsing them took too long`);
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
      note(`functions of a source are unknown: ${error instanceof Error ? error.message : String(error)}`);
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
