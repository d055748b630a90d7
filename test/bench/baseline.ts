// One statement per event, commits of 50, as fast as SQLite writes: node baseline.ts <file> <events> <bytes>
import { DatabaseSync } from 'node:sqlite';
import { createRandom } from '../helpers/random.ts';
import { makeBatch } from './make-event.ts';

const [, , file = '', events = '10000', bytes = '3000'] = process.argv;
const random = createRandom(1);
const body = JSON.stringify(makeBatch(random, { eventBytes: Number(bytes) }));
const database = new DatabaseSync(file);
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT) STRICT`);
const insert = database.prepare('INSERT INTO events (id, body) VALUES (?, ?)');
const start = performance.now();
for (let written = 0; written < Number(events);) {
  database.exec('BEGIN IMMEDIATE');
  for (let i = 0; i < 50; i++) insert.run(String(random.next()), `${++written}${body}`);
  database.exec('COMMIT');
}
process.stdout.write(`${Math.round((Number(events) * 1_000) / (performance.now() - start))}\n`);
database.close();
