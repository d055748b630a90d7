import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../../src/server/store/database.ts';

function open(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-database-'));
  const database = openDatabase(dataDir);
  t.after(() => {
    database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return database;
}

test('answers as before when it has let go of what it kept, and of one statement for each of a thousand searches', (t) => {
  const database = open(t);
  const addProject = (name: string) =>
    database.insert('INSERT INTO projects (name, key, created_at) VALUES *', [[name, name, 1]]);
  const names = () => database.all('SELECT name FROM projects ORDER BY id').map(({ name }) => name);
  addProject('first');
  assert.deepEqual(names(), ['first']);
  database.giveMemoryBack();
  addProject('second');
  for (let search = 0; search < 1_200; search++)
    assert.equal(database.get(`SELECT ${search} AS found`)?.['found'], search);
  assert.deepEqual(names(), ['first', 'second']);
});
