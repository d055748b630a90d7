import type { IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import type { Random } from '../helpers/random.ts';
import { mutateCall, type Operation } from './mutate-call.ts';

type Paths = Record<string, Record<string, Operation>>;

const answerMs = 20_000;

/** Whose answers have no end. */
const isLive = (path: string) => path.endsWith('/live');

/** Number of answers by status. Throws when one says that something went wrong inside, or does not come. */
export async function fuzzApi(random: Random, callsOfEach: number): Promise<Record<number, number>> {
  const collector = await startCollector();
  try {
    const ids = await fill(collector);
    const { paths } = await collector.api<{ paths: Paths }>('/api/openapi.json');
    const statuses: Record<number, number> = {};
    for (const [path, methods] of Object.entries(paths).filter(([each]) => !isLive(each))) {
      for (const [method, operation] of Object.entries(methods)) {
        for (let left = callsOfEach; left > 0; left--) {
          const call = mutateCall(random, path, operation, ids);
          const answer = await fetch(collector.url + call.path, {
            method: method.toUpperCase(),
            headers: {
              authorization: `Bearer ${collector.token}`,
              ...(call.body !== undefined && { 'content-type': 'application/json' }),
            },
            ...(call.body !== undefined && { body: call.body }),
            signal: AbortSignal.timeout(answerMs),
          });
          await answer.arrayBuffer();
          if (answer.status >= 500) throw new Error(`${answer.status} for ${method} ${JSON.stringify(call)}`);
          statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        }
      }
    }
    return statuses;
  } finally {
    await collector.close();
  }
}

/** Ids of what is there then. */
async function fill(collector: TestCollector): Promise<string[]> {
  const events = Array.from({ length: 10 }, (_, index) =>
    batchEvent({ message: `message ${index}`, tags: { a: 't' } }),
  );
  await send(collector.endpoint, batch(events));
  await collector.digested();
  const { issues } = await collector.api<IssueList>('/api/issues');
  // That of the project, above all.
  return ['1', '1', '1', '2', ...issues.map(({ id }) => id), ...events.map(({ id }) => id)];
}
