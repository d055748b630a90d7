import type { Project } from '../../src/protocol/api.ts';
import type { RuleSettings } from '../../src/protocol/notices.ts';
import type { Actor, Store } from '../../src/server/store/store.ts';
import type { Random } from '../helpers/random.ts';

const names = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Alan', 'Margaret', 'Donald', 'Frances', 'Niklaus', 'Radia'];
const issuesAtOnce = 100;

/** What a team has done within a month: people, states, comments, searches, rules, notices and maps. */
export async function careFor(store: Store, project: Project, random: Random): Promise<void> {
  const { records } = store;
  await records.addProject('Blog', 'blogkey', Date.now());
  const people = [];
  for (const name of names) people.push(await records.addPerson(name, 'member', Date.now()));
  const [person] = people;
  const by: Actor = { id: person?.id ?? null, name: person?.name ?? '' };
  const ids = await issuesOf(store);
  const some = (from: number, part: number) =>
    Array.from({ length: Math.floor(ids.length * part) }, (_, nth) => ids[(from + nth * 7) % ids.length] ?? '');
  const change = async (chosen: string[], to: Parameters<typeof records.changeIssues>[1]) => {
    for (let at = 0; at < chosen.length; at += issuesAtOnce) {
      await records.changeIssues(chosen.slice(at, at + issuesAtOnce), to, by, Date.now());
    }
  };
  await change(some(1, 0.2), { status: 'resolved' });
  await change(some(2, 0.05), { status: 'ignored' });
  await change(some(3, 0.03), { status: 'snoozed', snooze: { events: 1_000_000 } });
  for (const { id } of people) await change(some(random.below(1_000), 0.01), { assignee: id });
  for (const id of some(0, 0.05)) {
    for (let nth = 0; nth < 20; nth++) await records.addComment(id, `Seen again, ${nth} times.`, by, Date.now());
  }
  await store.corrections.merge(ids.at(-1) ?? '', ids.at(-2) ?? '', by);
  for (let nth = 0; nth < 50; nth++) {
    await records.addSearch({ name: `Search ${nth}`, search: 'query=cart', isShared: nth < 20 }, by.id ?? '');
  }
  await addNotices(store, project);
  await addMaps(store, project);
}

async function issuesOf({ records }: Store): Promise<string[]> {
  const all = { words: [], values: [], states: [], assignees: [], counts: [] };
  const { issues } = await records.issues({ ...all, sort: 'events', limit: 1_000_000, now: Date.now() });
  return issues.map(({ id }) => id);
}

const rule: Omit<RuleSettings, 'name' | 'channels'> = {
  trigger: { kind: 'new' },
  filter: {},
  pace: 'now',
  atMostEvery: 0,
  quiet: null,
  timeZone: 'UTC',
  isEnabled: false,
};

async function addNotices({ notices }: Store, { id, name }: Project): Promise<void> {
  const channel = await notices.addChannel({ name: 'Team', kind: 'email', to: ['team@shop.example'] }, Date.now());
  for (let nth = 0; nth < 20; nth++)
    await notices.addRule(id, { ...rule, name: `Rule ${nth}`, channels: [channel.id] });
  for (let nth = 0; nth < 5_000; nth++) {
    const delivery = await notices.addDelivery(
      id,
      channel.id,
      {
        id: `notice-${nth}`,
        at: Date.now(),
        project: { id, name },
        rule: 'Rule 1',
        kind: 'new',
        headline: `New: TypeError number ${nth}`,
        issues: [],
        more: 0,
        link: 'https://pagefault.example/issues/1',
      },
      Date.now(),
    );
    const sent = { state: 'sent', attempts: 1, at: Date.now(), request: '{}'.repeat(500), answer: '250 OK' } as const;
    await notices.setDelivery(delivery, sent);
  }
}

async function addMaps({ artifacts }: Store, { id: projectId }: Project): Promise<void> {
  for (let nth = 0; nth < 1_000; nth++) {
    const hash = nth.toString(16).padStart(64, '0');
    await artifacts.add(
      {
        ...{ projectId, release: `1.${nth % 30}.0`, kind: 'map', name: `assets/chunk-${nth}.js.map` },
        ...{
          script: `assets/chunk-${nth}.js`,
          debugId: null,
          hash,
          indexKey: null,
          bytes: 1_000,
          sources: 10,
          texts: 10,
        },
        ...{ problems: [], createdAt: Date.now() },
      },
      { zstd: new Uint8Array(200) },
      undefined,
    );
  }
}
