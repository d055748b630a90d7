// A database as a busy site has it after a month, the same for the same seed: node fill.ts <folder> [events] [issues]
import { createDigest } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { scrub } from '../../src/server/scrub.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import { createRandom } from '../helpers/random.ts';
import { makeBatch } from './make-event.ts';

const [, , folder = '', count = '1000000', bugs = '10000'] = process.argv;
const random = createRandom(20_261_121);
const [atOnce, monthMs] = [500, 30 * 86_400_000];

// The first connection makes the tables, the second is the one that writes: as in the collector.
const first = openSqliteStore(folder);
const project = await first.records.addProject('Shop', 'benchkey', Date.now());
const settings = { origins: [], eventsPerMinute: null, keptPerIssueHour: null };
await first.records.setProjectSettings(project.id, settings);
const store = openSqliteStore(folder, { isSecond: true });
const digest = createDigest({
  store,
  live: { publish: () => undefined },
  symbolicate: async (_project, { exceptions }) =>
    exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: true }))),
  log: { error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) },
});

const total = Number(count);
const begin = Date.now() - monthMs;
for (let made = 0; made < total; made += atOnce) {
  const at = Math.round(begin + (made / total) * monthMs);
  const parsed = parseBatch(
    makeBatch(random, { events: Math.min(atOnce, total - made), eventBytes: 1_000, bugs: Number(bugs), at }),
    at,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const arrivals = parsed.events.map((event) => ({
    id: event.id,
    receivedAt: at,
    happenedAt: at,
    json: Buffer.from(JSON.stringify(scrub(event))),
  }));
  await store.events.append([{ projectId: project.id, arrivals, dropped: [], receivedAt: at }]);
  digest.wake();
  await digest.drain();
  if (made % (total / 10) === 0) process.stdout.write(`${made} events\n`);
}
store.close();
first.close();
