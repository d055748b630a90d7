import { parentPort } from 'node:worker_threads';
import { buildIndex, type BuiltIndex } from './build-index.ts';

/** What the worker is asked: a map's text, and the bundle it belongs to if that is known. */
export interface IndexJob {
  map: string;
  bundle: string | undefined;
}

export type IndexAnswer = { built: BuiltIndex } | { error: string };

parentPort?.on('message', ({ map, bundle }: IndexJob) => {
  const answer = tryBuild(map, bundle);
  parentPort?.postMessage(answer);
});

function tryBuild(map: string, bundle: string | undefined): IndexAnswer {
  try {
    return { built: buildIndex(map, bundle) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
