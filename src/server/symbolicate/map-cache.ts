import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type { Artifact, ArtifactStore } from '../store/artifact-store.ts';
import { ByteCache } from './byte-cache.ts';
import { sourceText, type SourceText } from './context-lines.ts';
import { indexVersion, MapIndex } from './map-index.ts';
import { mapLimits } from './map-limits.ts';

const unzstd = promisify(zstdDecompress);

export interface MapCache {
  /** The map's index; undefined when it has none that can be read. */
  index(map: Artifact): Promise<MapIndex | undefined>;
  /** The text of a source. */
  text(hash: string): Promise<SourceText | undefined>;
}

/** Indexes and sources that were used last, decompressed off this thread. */
export function createMapCache(
  artifacts: ArtifactStore,
  rebuild: (map: Artifact) => Promise<void>,
  { indexBytes = 64 * 1_048_576, textBytes = 16 * 1_048_576 } = {},
): MapCache {
  const indexes = new ByteCache<MapIndex>(indexBytes);
  const texts = new ByteCache<SourceText>(textBytes);
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
    async text(hash) {
      const known = texts.get(hash);
      if (known) return known;
      const stored = await artifacts.sourceText(hash);
      if (!stored) return undefined;
      const text = sourceText((await unzstd(stored, { maxOutputLength: mapLimits.bytes })).toString());
      texts.set(hash, text, 2 * text.text.length + text.starts.byteLength);
      return text;
    },
  };
}
