import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import type { DigestOptions } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import type { Store } from '../../src/server/store/store.ts';

/** The two connections of a collector on a folder of their own, and its first project. */
export async function openStores(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-stores-'));
  const [reader, writer] = [openSqliteStore(dataDir), openSqliteStore(dataDir, { isSecond: true })];
  t.after(async () => {
    writer.close();
    reader.close();
    await rm(dataDir, { recursive: true });
  });
  return { dataDir, reader, writer, project: await reader.records.addProject('Shop', 'key', Date.now()) };
}

/** Keeps a batch's events in one commit, not digested yet; answers with them as they came, by id. */
export async function appendBatch(store: Store, projectId: string, input: unknown): Promise<Map<string, unknown>> {
  const receivedAt = Date.now();
  const parsed = parseBatch(input, receivedAt);
  assert.ok(parsed.ok);
  const arrivals = parsed.events.map((event) => {
    return { id: event.id, receivedAt, happenedAt: receivedAt, json: Buffer.from(JSON.stringify(event)) };
  });
  await store.events.append([{ projectId, arrivals, dropped: [], receivedAt }]);
  return new Map(parsed.events.map((event) => [event.id, JSON.parse(JSON.stringify(event))]));
}

/** What a digest needs beside its store: there are no maps, nobody watches, and nothing fails. */
export const alone: Omit<DigestOptions, 'store'> = {
  live: { publish: () => undefined },
  symbolicate: async (_project, { exceptions }) =>
    exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: true }))),
  log: { error: (fields) => assert.fail(JSON.stringify(fields)) },
};
