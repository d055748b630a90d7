export type ArtifactKind = 'map' | 'script';

/** An uploaded file of one project and release. */
export interface Artifact {
  id: string;
  projectId: string;
  /** Empty for none. */
  release: string;
  kind: ArtifactKind;
  /** Path as it was uploaded, normalized. Never a path of this machine. */
  name: string;
  /** Path of the script that it is, or that it is the map of. */
  script: string;
  debugId: string | null;
  /** SHA-256 of the content, hexadecimal. */
  hash: string;
  /** Names the index made of it; null for scripts. */
  indexKey: string | null;
  bytes: number;
  /** Sources that the map names, and how many of them it brought along. */
  sources: number;
  texts: number;
  /** What is wrong with the map, though it can be used. */
  problems: string[];
  createdAt: number;
}

export type NewArtifact = Omit<Artifact, 'id'>;

/** What is kept of a file's content: one copy for all who have it. */
export interface ArtifactContent {
  zstd: Uint8Array;
}

export interface StoredIndex {
  key: string;
  version: number;
  zstd: Uint8Array;
  texts: { hash: string; zstd: Uint8Array }[];
}

export interface ArtifactQuery {
  projectId: string;
  release?: string;
  limit: number;
  /** Id of the last one of the page before. */
  before?: number;
}

export interface ArtifactStore {
  /** Adds a file with its content and its index; what is there already is not written again. */
  add(artifact: NewArtifact, content: ArtifactContent, index: StoredIndex | undefined): Promise<Artifact>;
  /** One more name or release for a content that the project has already; undefined if it has not. */
  addKnown(
    artifact: Pick<NewArtifact, 'projectId' | 'release' | 'kind' | 'name' | 'script' | 'hash' | 'createdAt'>,
  ): Promise<Artifact | undefined>;
  /** Writes an index of a newer layout in the place of an old one. */
  replaceIndex(index: StoredIndex): Promise<void>;
  /** The uploaded file's content, compressed by zstd. */
  content(hash: string): Promise<Uint8Array | undefined>;
  index(key: string): Promise<{ version: number; zstd: Uint8Array } | undefined>;
  sourceText(hash: string): Promise<Uint8Array | undefined>;
  /** Newest first. */
  byDebugId(projectId: string, debugId: string, kind: ArtifactKind): Promise<Artifact[]>;
  /** By the last segment of the script's path, newest first. */
  byBasename(projectId: string, basename: string, kind: ArtifactKind): Promise<Artifact[]>;
  /** How many maps a release has. */
  countMaps(projectId: string, release: string): Promise<number>;
  /** Newest first. */
  list(query: ArtifactQuery): Promise<Artifact[]>;
  /** Removes one, or all of a release; answers how many. Contents that nobody has any more go with them. */
  remove(projectId: string, which: { id: string } | { release: string }): Promise<number>;
}
