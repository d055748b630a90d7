// A database as a busy site has it after a month, the same for the same seed but for the date: node fill.ts <folder> [events] [issues] [records]
import { createDigest } from '../../src/server/digest.ts';
import { createIngest } from '../../src/server/ingest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { createRandom } from '../helpers/random.ts';
import { careFor } from './care.ts';
import { visitsOf, type Visit } from './make-site.ts';

const [, , folder = '', events = '1000000', bugs = '10000', records = events] = process.argv;
const random = createRandom(20_261_121);
const monthMs = 30 * 86_400_000;
const visitsAtOnce = 200;
const say = (text: string) => process.stdout.write(`${text}\n`);

// The first connection makes the tables, the second is the one that writes: as in the collector.
const first = openSqliteStore(folder);
const project = await first.records.addProject('Shop', 'benchkey', Date.now());
const settings = { origins: [], eventsPerMinute: null, keptPerIssueHour: null };
await first.records.setProjectSettings(project.id, settings);
const store = openSqliteStore(folder, { isSecond: true });
const digest = createDigest({
  store,
  live: { isWatched: () => false, publish: () => undefined },
  symbolicate: async (_project, { exceptions }) =>
    exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: true }))),
  log: { error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`) },
});
const ingest = createIngest({
  append: (batches) => store.events.append(batches),
  backlog: () => 0,
  maxBacklog: Infinity,
});
const known = { id: project.id, settings, limit: undefined, recordLimit: undefined };

const site = {
  ...{ events: Number(events), bugs: Number(bugs), records: Number(records), eventBytes: 3_000 },
  from: Date.now() - monthMs,
};
const began = performance.now();
let [made, shown] = [0, 0];
const file = async (visits: Visit[]) => {
  const answers = visits.map(({ batch, at }) => ingest.accept(known, batch, at));
  await ingest.drain();
  for (const answer of await Promise.all(answers)) {
    if (!answer?.ok || answer.answer.refused > 0) throw new Error(`refused: ${JSON.stringify(answer)}`);
  }
  digest.wake();
  await digest.drain();
  made += visits.reduce((sum, { batch }) => sum + batch.events.length, 0);
  if (made < shown) return;
  shown += site.events / 50;
  const seconds = (performance.now() - began) / 1_000;
  say(`${made} of ${site.events} events, ${seconds.toFixed(0)} s, ${(made / seconds).toFixed(0)}/s`);
};
const visits: Visit[] = [];
for (const visit of visitsOf(site, random)) {
  if (visits.push(visit) === visitsAtOnce) await file(visits.splice(0));
}
await file(visits);
await careFor(first, project, random);
// As it is found after a quiet hour.
while (await store.settling.step());
// As the collector does when nothing comes.
while (await store.settling.step());
store.close();
first.close();
