import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Artifact, ArtifactStore, StoredIndex } from '../store/artifact-store.ts';
import { basenameOf } from '../store/artifacts.ts';
import { artifactName, scriptNameOf } from './artifact-name.ts';
import type { BuiltIndex } from './build-index.ts';
import type { Indexer } from './indexer.ts';
import { indexVersion } from './map-index.ts';
import { mapLimits } from './map-limits.ts';

const zip = promisify(zstdCompress);
const unzip = promisify(zstdDecompress);

/** A file as it is uploaded. */
export interface Upload {
  projectId: string;
  /** Empty for none. */
  release: string;
  name: string;
  /** The script that a map belongs to, where the name does not say it. */
  script?: string;
  /** Where the content does not say it. */
  debugId?: string;
  text: string;
}

/** A file whose content may be known already. */
export type KnownUpload = Omit<Upload, 'text' | 'debugId'> & { hash: string };

export interface Artifacts {
  /** Keeps a file and makes a map's index. Throws `UnusableMap` for a map that is none. */
  upload(upload: Upload, now: number): Promise<Artifact>;
  /** Gives a content that the project has another name or release; undefined if it has to be uploaded. */
  uploadKnown(upload: KnownUpload, now: number): Promise<Artifact | undefined>;
  /** Makes the index of a stored map anew. */
  rebuild(map: Artifact): Promise<void>;
}

/** Takes what is uploaded. Nothing of it is ever a path of this machine, and nothing is run. */
export function createArtifacts(store: ArtifactStore, indexer: Indexer): Artifacts {
  const textOf = async (hash: string) => {
    const zstd = await store.content(hash);
    return zstd && (await unzip(zstd, { maxOutputLength: mapLimits.bytes })).toString();
  };
  /** The bundle of a map that brings no sources: its functions are named from it. */
  const findBundle = async ({ projectId, release }: Upload, script: string) => {
    const named = await store.byBasename(projectId, basenameOf(script), 'script');
    const bundle = named.find((one) => one.release === release && one.script === script);
    return bundle && { hash: bundle.hash, text: await textOf(bundle.hash) };
  };
  const index = async (upload: Upload, script: string, hash: string) => {
    const bundle = await findBundle(upload, script);
    const built = await indexer.index(upload.text, bundle?.text);
    const key = bundle && built.textCount < built.sourceCount ? `${hash}+${bundle.hash}` : hash;
    return { built, stored: storedIndex(key, built) };
  };

  return {
    async upload(upload, now) {
      const name = artifactName(upload.name);
      const isMap = looksLikeMap(name, upload.text);
      const script = isMap ? artifactName(upload.script ?? '') || scriptNameOf(name) : name;
      const hash = createHash('sha256').update(upload.text).digest('hex');
      const { built, stored } = isMap ? await index(upload, script, hash) : {};
      const debugId = upload.debugId ?? built?.debugId ?? (isMap ? undefined : debugIdOf(upload.text));
      const { projectId, release } = upload;
      return store.add(
        {
          projectId,
          release,
          kind: isMap ? 'map' : 'script',
          name,
          script,
          debugId: debugId?.toLowerCase() ?? null,
          hash,
          indexKey: stored?.key ?? null,
          bytes: Buffer.byteLength(upload.text),
          sources: built?.sourceCount ?? 0,
          texts: built?.textCount ?? 0,
          problems: built?.problems ?? [],
          createdAt: now,
        },
        { zstd: await zip(upload.text) },
        stored,
      );
    },
    async uploadKnown({ projectId, release, hash, ...upload }, now) {
      const name = artifactName(upload.name);
      const kind = looksLikeMap(name, '') ? 'map' : 'script';
      const script = kind === 'map' ? artifactName(upload.script ?? '') || scriptNameOf(name) : name;
      return store.addKnown({ projectId, release, kind, name, script, hash, createdAt: now });
    },
    async rebuild(map) {
      const text = await textOf(map.hash);
      if (text === undefined) return;
      const { stored } = await index(
        { projectId: map.projectId, release: map.release, name: map.name, text },
        map.script,
        map.hash,
      );
      await store.replaceIndex({ ...stored, key: map.indexKey ?? map.hash });
    },
  };
}

function storedIndex(key: string, built: BuiltIndex): StoredIndex {
  return { key, version: indexVersion, zstd: built.index, texts: built.texts };
}

function looksLikeMap(name: string, text: string): boolean {
  return (
    /\.(map|json)$/i.test(name) ||
    /^\s*(\)\]\}'[^\n]*\n\s*)?\{\s*"(version|sections|mappings)"/.test(text.slice(0, 500))
  );
}

/** From the last lines of a script, as the proposal of debug ids says. */
export function debugIdOf(script: string): string | undefined {
  const lines = script.slice(-2_000).trimEnd().split('\n').slice(-5);
  return /^\/\/[#@] ?debugId=([0-9a-fA-F-]{32,36})\s*$/m.exec(lines.join('\n'))?.[1];
}
