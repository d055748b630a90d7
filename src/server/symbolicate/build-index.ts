import { createHash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { decodeMap, type DecodedMap } from './decode-map.ts';
import { blobFrom } from './index-blob.ts';
import { mapLimits } from './map-limits.ts';
import { indexVersion, type IndexHeader } from './map-index.ts';
import { parseMap } from './parse-map.ts';
import { createScopeTable } from './scope-table.ts';
import { isOwnSource, normalizeSourcePath, projectRoot } from './source-path.ts';

/** A source's text, compressed apart: context lines of one file are read without the others. */
export interface SourceText {
  hash: string;
  zstd: Uint8Array;
}

export interface BuiltIndex {
  /** Compressed by zstd. */
  index: Uint8Array;
  texts: SourceText[];
  debugId: string | null;
  sourceCount: number;
  /** How many of the sources came with their text. */
  textCount: number;
  problems: string[];
}

/**
 * Turns a map's text into its index. `bundle` is the generated code, if it is known: it names functions where the
 * map brings no sources. Throws when the map is unusable; slips are among the problems.
 */
export function buildIndex(mapText: string, bundle?: string): BuiltIndex {
  const parsed = parseMap(mapText);
  const note = (problem: string) => {
    const { problems } = parsed;
    if (problems.length < mapLimits.problems && !problems.includes(problem)) problems.push(problem);
  };
  const map = decodeMap(parsed, note);
  const texts = map.sourcesContent.map((text) => (text === null ? null : textOf(text)));
  const scopes = createScopeTable();
  const root = projectRoot(map.sources);
  const paths = map.sources.map((source) => normalizeSourcePath(source, root));
  const ranges = scopes.addSources(paths, map.sourcesContent, note);
  const isComplete = texts.every((text) => text !== null);
  const header: IndexHeader = {
    version: indexVersion,
    debugId: parsed.debugId?.toLowerCase() ?? null,
    sources: map.sources.map((source, i) => ({
      source,
      path: paths[i] ?? '',
      inApp: !map.ignoreList.has(i) && isOwnSource(source, paths[i] ?? ''),
      content: texts[i]?.hash ?? null,
      scopes: ranges[i] ?? null,
    })),
    names: map.names,
    bundleScopes: bundle !== undefined && !isComplete ? scopes.addBundle(bundle, map) : null,
    scopeNames: scopes.names,
    problems: parsed.problems,
  };
  return {
    index: zstdCompressSync(blobFrom(header, { ...segmentColumns(map), ...scopes.columns() })),
    texts: [...new Map(texts.filter((text) => text !== null).map((text) => [text.hash, text])).values()],
    debugId: header.debugId,
    sourceCount: map.sources.length,
    textCount: texts.filter((text) => text !== null).length,
    problems: parsed.problems,
  };
}

function textOf(text: string): SourceText {
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
