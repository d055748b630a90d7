import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openDatabase } from '../../src/server/store/database.ts';

function open(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-database-'));
  const database = openDatabase(dataDir);
  const second = openDatabase(dataDir, { isSecond: true });
  t.after(() => {
    second.close();
    database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { database, second };
}

test('answers as before when it has let go of what it kept, and of one statement for each of a thousand searches', (t) => {
  const { database } = open(t);
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

test('what nobody waits for is written after the transaction of the other thread, and holds up nothing meanwhile', async (t) => {
  const { database, second } = open(t);
  const order: string[] = [];
  const add = (name: string) => {
    order.push(name);
    database.run('INSERT INTO projects (name, key, created_at) VALUES (?, ?, 1)', name, name);
    if (name === 'broken') throw new Error(name);
  };
  const written = second.transaction(() => {
    const later = ['first', 'broken'].map((name) => database.transactionInTurn(() => add(name)));
    order.push('other');
    return later;
  });
  const [first, broken] = await Promise.allSettled(written);
  assert.deepEqual(order, ['other', 'first', 'broken']);
  assert.equal(first?.status, 'fulfilled');
  assert.equal(broken?.status, 'rejected');
  assert.deepEqual(
    database.all('SELECT name FROM projects').map(({ name }) => name),
    ['first'],
  );
});
