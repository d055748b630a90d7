import { createHash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { decodeMap, type DecodedMap } from './decode-map.ts';
import type { Range } from './function-in.ts';
import { blobFrom } from './index-blob.ts';
import { mapLimits } from './map-limits.ts';
import { indexVersion, type IndexHeader } from './map-index.ts';
import { parseMap, type ParsedMap } from './parse-map.ts';
import { halves, mergeScopes, readBundleScopes, readScopes, type ScopeTable } from './scope-table.ts';
import { isOwnSource, normalizeSourcePath, projectRoot } from './source-path.ts';

/** A source's text, compressed apart: context lines of one file are read without the others. */
export interface CompressedText {
  hash: string;
  zstd: Uint8Array;
}

export interface BuiltIndex {
  /** Compressed by zstd. */
  index: Uint8Array;
  texts: CompressedText[];
  debugId: string | null;
  sourceCount: number;
  /** How many of the sources came with their text. */
  textCount: number;
  problems: string[];
}

/** A map's sources. */
interface Sources {
  paths: string[];
  inApp: boolean[];
  texts: (string | null)[];
  /** Those whose functions are read now; the others when a frame leads there. */
  textsNow: (string | null)[];
}

/**
 * Turns a map's text into its index. `bundle` is the generated code, if it is known: it names functions where the
 * map brings no sources. Throws when the map is unusable; slips are among the problems.
 */
export function buildIndex(mapText: string, bundle?: string): BuiltIndex {
  const parsed = parseMap(mapText);
  const map = decodeMap(parsed, noteIn(parsed));
  const sources = sourcesOf(parsed);
  return finish(parsed, map, sources, bundle, readScopes(sources.paths, sources.textsNow));
}

/** The same, while another thread reads the scopes of the other half of the sources by `readOtherHalf`. */
export async function buildIndexByHalf(
  mapText: string,
  bundle: string | undefined,
  otherHalf: Promise<ScopeTable>,
): Promise<BuiltIndex> {
  const parsed = parseMap(mapText);
  const map = decodeMap(parsed, noteIn(parsed));
  const sources = sourcesOf(parsed);
  const isOurs = halves(sources.textsNow);
  const table = readScopes(sources.paths, sources.textsNow, (i) => isOurs[i] === true);
  const other = await otherHalf;
  const shift = mergeScopes(table, other);
  for (const [i, range] of other.ranges) table.ranges.set(i, range && [range[0] + shift, range[1] + shift]);
  return finish(parsed, map, sources, bundle, table);
}

/** The scopes of the half that the other thread does not read. */
export function readOtherHalf(mapText: string): ScopeTable {
  const { paths, textsNow } = sourcesOf(parseMap(mapText));
  const isTheirs = halves(textsNow);
  return readScopes(paths, textsNow, (i) => !isTheirs[i]);
}

function finish(
  parsed: ParsedMap,
  map: DecodedMap,
  { paths, inApp, textsNow, ...sources }: Sources,
  bundle: string | undefined,
  scopes: ScopeTable,
): BuiltIndex {
  const texts = sources.texts.map((text) => (text === null ? null : compress(text)));
  const isComplete = texts.every((text) => text !== null);
  const bundleScopes = bundle !== undefined && !isComplete ? addBundle(scopes, bundle, map) : null;
  for (const problem of scopes.problems) noteIn(parsed)(problem);
  const header: IndexHeader = {
    version: indexVersion,
    debugId: parsed.debugId?.toLowerCase() ?? null,
    sources: map.sources.map((source, i) => ({
      source,
      path: paths[i] ?? '',
      inApp: inApp[i] ?? true,
      content: texts[i]?.hash ?? null,
      scopes: texts[i] && textsNow[i] === null ? 'later' : (scopes.ranges.get(i) ?? null),
    })),
    names: map.names,
    bundleScopes,
    scopeNames: scopes.names,
    problems: parsed.problems,
  };
  const scopeColumns = { scopeLines: scopes.lines, scopeColumns: scopes.columns, scopeIds: scopes.ids };
  return {
    index: zstdCompressSync(blobFrom(header, { ...segmentColumns(map), ...scopeColumns })),
    texts: [...new Map(texts.filter((text) => text !== null).map((text) => [text.hash, text])).values()],
    debugId: header.debugId,
    sourceCount: map.sources.length,
    textCount: texts.filter((text) => text !== null).length,
    problems: parsed.problems,
  };
}

function addBundle(scopes: ScopeTable, bundle: string, map: DecodedMap): Range | null {
  const own = readBundleScopes(bundle, map);
  const range = own.ranges.get(0);
  const shift = mergeScopes(scopes, own);
  return range ? [range[0] + shift, range[1] + shift] : null;
}

function noteIn({ problems }: ParsedMap): (problem: string) => void {
  return (problem) => {
    if (problems.length < mapLimits.problems && !problems.includes(problem)) problems.push(problem);
  };
}

function sourcesOf({ sections }: ParsedMap): Sources {
  const names = sections.flatMap(({ map }) => map.sources);
  const texts = sections.flatMap(({ map }) => map.sources.map((_, i) => map.sourcesContent[i] ?? null));
  const isIgnored = sections.flatMap(({ map }) => {
    const ignored = new Set(map.ignoreList);
    return map.sources.map((_, i) => ignored.has(i));
  });
  const root = projectRoot(names);
  const paths = names.map((name) => normalizeSourcePath(name, root));
  const inApp = names.map((name, i) => !isIgnored[i] && isOwnSource(name, paths[i] ?? ''));
  return { paths, inApp, texts, textsNow: texts.map((text, i) => (inApp[i] ? text : null)) };
}

function compress(text: string): CompressedText {
  return { hash: createHash('sha256').update(text).digest('hex').slice(0, 32), zstd: zstdCompressSync(text) };
}

function segmentColumns({ segments }: DecodedMap): Record<string, ArrayLike<number>> {
  const { count, names } = segments;
  const namedSegments: number[] = [];
  for (let at = 0; at < count; at++) if (names[at]) namedSegments.push(at);
  return {
    lineStarts: segments.lineStarts,
    generatedColumns: segments.generatedColumns.subarray(0, count),
    sources: segments.sources.subarray(0, count),
    lines: segments.lines.subarray(0, count),
    columns: segments.columns.subarray(0, count),
    namedSegments,
    nameIds: namedSegments.map((at) => (names[at] ?? 1) - 1),
  };
}
