import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { zstdDecompressSync } from 'node:zlib';

/** What was thrown, as the page saw it. */
export interface Thrown {
  /** Absent for values that are no errors: `json` has them. */
  error?: { name: string; message: string; stack: string; cause?: Thrown; errors?: Thrown[] };
  json?: string;
}

/** Where a marked line stands in the author's source. Lines are 1-based. */
export interface Site {
  file: string;
  line: number;
  function: string;
  /** Site of the helper or package line that throws when this line calls it. */
  thrower?: string;
}

export interface Build {
  builder: string;
  release: number;
  /** Script name, as in the URL's path, to its source map (JSON). */
  maps: Record<string, string>;
  /** The marked lines of this release, by name. */
  sites: Record<string, Site>;
}

export interface Recorded {
  bug: string;
  /** Which of the bug's ways, which of its values. */
  way: number;
  v: number;
  engine: string;
  /** Index in `builds`. */
  build: number;
  mechanism: 'onerror' | 'onunhandledrejection';
  thrown: Thrown;
}

export interface Corpus {
  /** Engine to version. */
  engines: Record<string, string>;
  builds: Build[];
  events: Recorded[];
}

export const corpusFile = fileURLToPath(new URL('../fixtures/grouping/corpus.json.zst', import.meta.url));

export function readCorpus(): Corpus {
  return JSON.parse(zstdDecompressSync(readFileSync(corpusFile)).toString()) as Corpus;
}
