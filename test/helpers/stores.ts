import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { DigestOptions } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';

/** The two connections of a collector on a folder of their own, and its first project. */
export async function openStores(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-stores-'));
  const [reader, writer] = [openSqliteStore(dataDir), openSqliteStore(dataDir, { isSecond: true })];
  t.after(async () => {
    writer.close();
    reader.close();
    await rm(dataDir, { recursive: true });
  });
  return { reader, writer, project: await reader.records.addProject('Shop', 'key', Date.now()) };
}

/** What a digest needs beside its store: there are no maps, nobody watches, and nothing fails. */
export const alone: Omit<DigestOptions, 'store'> = {
  live: { publish: () => undefined },
  symbolicate: async (_project, { exceptions }) =>
    exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: true }))),
  log: { error: (fields) => assert.fail(JSON.stringify(fields)) },
};
