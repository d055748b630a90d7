import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test, type TestContext } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { defaultProjectSettings } from '../../src/protocol/api.ts';
import { createDigest } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import type { Store } from '../../src/server/store/store.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';
import { alone, appendBatch } from '../helpers/stores.ts';

/** A folder whose database can be closed and opened again, with a project. */
async function openFolder(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-blocks-'));
  const open = () => ({ reader: openSqliteStore(dataDir), writer: openSqliteStore(dataDir, { isSecond: true }) });
  let stores = open();
  const close = () => [stores.writer, stores.reader].forEach((store) => store.close());
  t.after(async () => {
    close();
    await rm(dataDir, { recursive: true });
  });
  const project = await stores.reader.records.addProject('Shop', 'key', Date.now());
  return {
    project,
    stores: () => stores,
    /** Closes the collector's connections, does something to the file, and opens them again. */
    again(change: (file: DatabaseSync) => void = () => undefined) {
      close();
      const file = new DatabaseSync(join(dataDir, 'pagefault.db'));
      change(file);
      file.close();
      stores = open();
    },
  };
}

const random = createRandom(5);

const append = (store: Store, projectId: string, events: number, bugs: number) =>
  appendBatch(store, projectId, makeBatch(random, { events, bugs }));

async function digestAll(store: Store): Promise<void> {
  const digest = createDigest({ store, ...alone });
  digest.wake();
  await digest.drain();
  assert.equal(store.events.backlog(), 0);
}

async function assertReadable(store: Store, sent: Map<string, unknown>): Promise<void> {
  for (const [id, event] of sent) assert.deepEqual((await store.events.find(id))?.event, event);
}

test('what waited for the digest in a database of the version before is filed', async (t) => {
  const { project, stores, again } = await openFolder(t);
  const sent = await append(stores().writer, project.id, 60, 20);
  again((file) =>
    file.exec(`CREATE TABLE arrivals (first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, lines BLOB NOT NULL) STRICT;
      INSERT INTO arrivals SELECT last_seq, last_seq, body FROM blocks; DELETE FROM blocks; DROP TABLE forgettings;
      PRAGMA user_version = 20`),
  );
  assert.equal(stores().writer.events.backlog(), 60);
  await digestAll(stores().writer);
  await assertReadable(stores().reader, sent);
});

test('a stop in the middle of what came together loses nothing, and files nothing twice', async (t) => {
  const { project, stores, again } = await openFolder(t);
  const sent = await append(stores().writer, project.id, 250, 20);
  const { writer } = stores();
  const digest = createDigest({
    store: {
      ...writer,
      fileDigested(digested, kept) {
        void digest.stop();
        return writer.fileDigested(digested, kept);
      },
    },
    ...alone,
  });
  digest.wake();
  await digest.drain();
  assert.equal(writer.events.backlog(), 150);
  again();
  assert.equal(stores().writer.events.backlog(), 150);
  await digestAll(stores().writer);
  await assertReadable(stores().reader, sent);
  again((file) => assert.equal(file.prepare('SELECT sum(events) AS all_of FROM issues').get()?.['all_of'], 250));
});

test('events that wait for the digest are not taken for some that are gone when others are stored in less space', async (t) => {
  const { project, stores } = await openFolder(t);
  const { reader, writer } = stores();
  const first = await append(writer, project.id, 300, 20);
  await digestAll(writer);
  const waiting = await append(writer, project.id, 300, 20);
  while (await writer.settling.step());
  await digestAll(writer);
  while (await writer.settling.step());
  await assertReadable(reader, new Map([...first, ...waiting]));
});

test('of events that are only counted nothing else stays in the file', async (t) => {
  const { project, stores, again } = await openFolder(t);
  const settings = { ...defaultProjectSettings, keptPerIssueHour: 1 };
  await stores().reader.records.setProjectSettings(project.id, settings);
  const sent = await append(stores().writer, project.id, 150, 1);
  await digestAll(stores().writer);
  const found = await Promise.all([...sent.keys()].map((id) => stores().reader.events.find(id)));
  const kept = new Set(found.flatMap((event) => (event ? [event.event.id] : [])));
  assert.ok(kept.size > 1 && kept.size < 20, `${kept.size} are kept`);
  const texts: string[] = [];
  again((file) => {
    for (const { body } of file.prepare('SELECT body FROM blocks').all()) {
      const bytes = body as Uint8Array;
      texts.push((bytes[0] === 0x28 ? zstdDecompressSync(bytes) : Buffer.from(bytes)).toString());
    }
  });
  for (const id of sent.keys()) assert.equal(texts.join('\n').includes(`"${id}"`), kept.has(id), id);
  await assertReadable(stores().reader, new Map([...sent].filter(([id]) => kept.has(id))));
});
