import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Artifact, ArtifactStore } from '../store/artifact-store.ts';
import { ByteCache } from './byte-cache.ts';
import { sourceText, type SourceText } from './context-lines.ts';
import { indexVersion, MapIndex } from './map-index.ts';
import type { Indexer } from './indexer.ts';
import { mapLimits } from './map-limits.ts';
import type { ScopeTable } from './scope-table.ts';

const unzstd = promisify(zstdDecompress);

export interface MapCache {
  /** The map's index; undefined when it has none that can be read. */
  index(map: Artifact): Promise<MapIndex | undefined>;
  /** The text of a source. */
  text(hash: string): Promise<SourceText | undefined>;
  /** The functions of a source that were not read when the map was indexed; undefined when they cannot be. */
  scopes(hash: string, path: string): Promise<ScopeTable | undefined>;
}

/** Indexes and sources that were used last, decompressed off this thread. */
export function createMapCache(
  artifacts: ArtifactStore,
  { rebuild, readScopes }: { rebuild(map: Artifact): Promise<void>; readScopes: Indexer['readScopes'] },
  { indexBytes = 64 * 1_048_576, textBytes = 16 * 1_048_576, scopeBytes = 8 * 1_048_576 } = {},
): MapCache {
  const indexes = new ByteCache<MapIndex>(indexBytes);
  const texts = new ByteCache<SourceText>(textBytes);
  const scopes = new ByteCache<Promise<ScopeTable | undefined>>(scopeBytes);
  const textOf = async (hash: string) => {
    const known = texts.get(hash);
    if (known) return known;
    const stored = await artifacts.sourceText(hash);
    if (!stored) return undefined;
    const text = sourceText((await unzstd(stored, { maxOutputLength: mapLimits.bytes })).toString());
    texts.set(hash, text, 2 * text.text.length + text.starts.byteLength);
    return text;
  };
  const scopesOf = async (hash: string, path: string) => {
    const text = await textOf(hash);
    return text && readScopes(path, text.text).catch(() => undefined);
  };
  return {
    async index(map) {
      const key = map.indexKey;
      if (key === null) return undefined;
      const known = indexes.get(key);
      if (known) return known;
      let stored = await artifacts.index(key);
      if (stored && stored.version !== indexVersion) {
        await rebuild(map);
        stored = await artifacts.index(key);
      }
      if (!stored) return undefined;
      const index = new MapIndex(await unzstd(stored.zstd, { maxOutputLength: 1 << 30 }));
      indexes.set(key, index, index.bytes);
      return index;
    },
    text: textOf,
    async scopes(hash, path) {
      const known = scopes.get(hash);
      if (known) return known;
      // The promise is kept, so that frames that ask meanwhile wait for the same work.
      const asked = scopesOf(hash, path);
      scopes.set(hash, asked, 0);
      const table = await asked;
      scopes.set(hash, asked, 1_000 + 30 * (table?.lines.length ?? 0));
      return table;
    },
  };
}
