import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDigest } from '../../src/server/digest.ts';
import { groupingVersions, type GroupingVersion } from '../../src/server/group/fingerprint.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';

/** What a next version could be: the message alone decides, without its last word. */
const nextVersion: GroupingVersion = {
  name: 'v2',
  group: ({ exceptions }) => {
    const words = (exceptions[0]?.value ?? '').split(' ').slice(0, -1);
    return { parts: words, aliases: [], hints: [], isSure: true, reasons: ['The message is the same.'] };
  },
};

async function openFolder(dataDir: string) {
  const store = openSqliteStore(dataDir);
  const project = (await store.records.projects())[0] ?? (await store.records.addProject('Shop', 'key', Date.now()));
  let last = 0;
  return {
    store,
    /** Digests an event that says this by these versions of grouping; answers its issue. */
    async file(versions: GroupingVersion[], value: string, fingerprint?: string[]): Promise<string> {
      const id = `event-${Date.now()}-${++last}`;
      const event = {
        id,
        at: Date.now(),
        level: 'error',
        mechanism: 'error',
        handled: false,
        exceptions: [{ type: 'Error', value, frames: [] }],
        breadcrumbs: [],
        count: 1,
        ...(fingerprint && { fingerprint }),
      };
      const arrival = { id, receivedAt: Date.now(), happenedAt: Date.now(), json: Buffer.from(JSON.stringify(event)) };
      await store.events.append([{ projectId: project.id, arrivals: [arrival], dropped: [], receivedAt: Date.now() }]);
      const digest = createDigest({
        store,
        live: { publish: () => undefined },
        symbolicate: async (_project, { exceptions }) => exceptions.map(() => []),
        log: { error: (fields) => assert.fail(JSON.stringify(fields)) },
        versions,
      });
      digest.wake();
      await digest.drain();
      return (await store.events.find(id))?.issueId ?? '';
    },
    issues: async () =>
      (
        await store.records.issues({
          words: [],
          values: [],
          states: [],
          assignees: [],
          counts: [],
          sort: 'lastSeen',
          limit: 100,
          now: Date.now(),
        })
      ).total,
  };
}

test('a new version of grouping leaves events with the issues that they had, and groups what is new', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-versions-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));

  const before = await openFolder(dataDir);
  const apples = await before.file(groupingVersions, 'No more room for apples');
  const pears = await before.file(groupingVersions, 'No more room for pears');
  const own = await before.file(groupingVersions, 'Something else altogether', ['ours']);
  const extended = await before.file(groupingVersions, 'Something else extended', ['ours', '{{default}}']);
  assert.equal(await before.issues(), 4);
  before.store.close();

  const after = await openFolder(dataDir);
  const versions = [...groupingVersions, nextVersion];
  for (let round = 0; round < 2; round++) {
    assert.equal(await after.file(versions, 'No more room for apples'), apples, 'an old issue keeps its events');
    assert.equal(await after.file(versions, 'No more room for pears'), pears, 'also what the new version would join');
    assert.equal(await after.file(versions, 'Whatever', ['ours']), own);
    assert.equal(await after.file(versions, 'Something else extended', ['ours', '{{default}}']), extended);
  }
  assert.equal(await after.issues(), 4, 'nothing has moved');
  const cherries = await after.file(versions, 'We have run out of cherries');
  assert.equal(await after.file(versions, 'We have run out of plums'), cherries, 'what is new goes by the new version');
  assert.equal((await after.store.records.issue(cherries, Date.now()))?.grouping.version, 'v2');
  assert.equal((await after.store.records.issue(apples, Date.now()))?.grouping.version, 'v1');
  assert.equal(await after.issues(), 5);
  after.store.close();
});
