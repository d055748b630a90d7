import { once } from 'node:events';
import { parentPort, type MessagePort } from 'node:worker_threads';
import { buildIndex, buildIndexByHalf, readOtherHalf, type BuiltIndex } from './build-index.ts';
import { readScopes, type ScopeTable } from './scope-table.ts';
import { messageOf } from '../lib/message-of.ts';

/** What a worker is asked: the functions of one source. */
export interface SourceJob {
  path: string;
  text: string;
}

/** What a worker is asked: a whole index, or the scopes of half of the sources for another worker that makes one. */
export interface IndexJob {
  map: string;
  /** The bundle that the map belongs to, if that is known. */
  bundle?: string | undefined;
  /** To the worker that reads the other half; undefined where one worker does all. */
  port?: MessagePort | undefined;
  isHelper?: boolean;
}

export type Answer<Result> = { result: Result } | { error: string };

parentPort?.on('message', (job: IndexJob | SourceJob) => {
  if ('path' in job)
    parentPort?.postMessage({ result: readScopes([job.path], [job.text]) } satisfies Answer<ScopeTable>);
  else void answer(job);
});

async function answer({ map, bundle, port, isHelper }: IndexJob): Promise<void> {
  if (isHelper) return port?.postMessage(tryRead(map));
  try {
    const result = port ? await buildIndexByHalf(map, bundle, receive(port)) : buildIndex(map, bundle);
    parentPort?.postMessage({ result } satisfies Answer<BuiltIndex>);
  } catch (error) {
    parentPort?.postMessage({ error: messageOf(error) } satisfies Answer<BuiltIndex>);
  } finally {
    port?.close();
  }
}

/** A map that is broken is told by the other worker, which has it too. */
function tryRead(map: string): ScopeTable | string {
  try {
    return readOtherHalf(map);
  } catch (error) {
    return messageOf(error);
  }
}

async function receive(port: MessagePort): Promise<ScopeTable> {
  const [table] = (await once(port, 'message')) as [ScopeTable | string];
  if (typeof table === 'string') throw new Error(table);
  return table;
}
