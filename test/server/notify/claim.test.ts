import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqliteStore } from '../../../src/server/store/sqlite.ts';

test('who looks for something to tell, and finds nothing, does not wait for who writes', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-claim-'));
  const store = openSqliteStore(dataDir);
  const writing = new DatabaseSync(join(dataDir, 'pagefault.db'));
  t.after(() => {
    writing.close();
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  writing.exec('BEGIN IMMEDIATE');
  // To wait for it in the same thread would end in "database is locked".
  assert.deepEqual(await store.notices.claimDeliveries(Date.now(), Date.now() + 60_000, 20), []);
});
