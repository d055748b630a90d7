import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createDigest } from '../../src/server/digest.ts';
import { userNumber } from '../../src/server/group/values.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';
import { alone, appendBatch, openStores } from '../helpers/stores.ts';

/** The two connections of a collector, and events that one of them has digested. */
async function openWithEvents(t: TestContext, count: number) {
  const { reader, writer, project } = await openStores(t);
  const digest = createDigest({ store: writer, ...alone });
  const random = createRandom(5);
  const sent = new Map<string, unknown>();
  const send = async (events: number) => {
    const came = await appendBatch(writer, project.id, makeBatch(random, { events, bugs: 20 }));
    for (const [id, event] of came) sent.set(id, event);
    digest.wake();
    await digest.drain();
  };
  for (let made = 0; made < count; made += 20) await send(20);
  const readAll = async () => {
    for (const [id, event] of sent) assert.deepEqual((await reader.events.find(id))?.event, event);
  };
  return { reader, writer, project, send, sent, readAll };
}

test('events that were stored in less space are read as they came, also by who has read them before', async (t) => {
  const { writer, send, readAll } = await openWithEvents(t, 400);
  await readAll();
  assert.ok(await writer.settling.step());
  await readAll();
  await send(20);
  while (await writer.settling.step());
  await readAll();
});

test('a list of an issue’s events that stand in many blocks has each as it came', async (t) => {
  const { reader, writer, sent } = await openWithEvents(t, 400);
  const nothing = { words: [], values: [], states: [], assignees: [], counts: [] };
  const listAll = async () => {
    const { issues } = await reader.records.issues({ ...nothing, sort: 'events', limit: 100, now: Date.now() });
    const lists = await Promise.all(issues.map(({ id }) => reader.events.ofIssue(id, 100)));
    const listed = lists.flat();
    assert.equal(listed.length, sent.size);
    for (const { event } of listed) assert.deepEqual(event, sent.get(event.id));
  };
  await listAll();
  while (await writer.settling.step());
  await listAll();
});

test('a user who is forgotten takes only their own events out of what was stored in less space', async (t) => {
  const { reader, writer, project, send, sent, readAll } = await openWithEvents(t, 400);
  await readAll();
  const [[gone = ''] = []] = sent;
  const user = (await reader.events.find(gone))?.event.user?.id;
  while (await writer.settling.step());
  const isTheirs = (event: { user?: { id?: string } | undefined }) => event.user?.id === user;
  const theirs = [...sent].filter(([, event]) => isTheirs(event as { user?: { id?: string } })).map(([id]) => id);
  let removed = 0;
  const of = { isTheirs, titleOf: () => '', valuesOf: () => [] };
  for await (const some of reader.forgettings.steps(project.id, userNumber({ user: { id: user ?? '' } }) ?? 0, of)) {
    removed += some;
  }
  assert.equal(removed, theirs.length);
  for (const id of theirs) {
    assert.equal(await reader.events.find(id), undefined);
    sent.delete(id);
  }
  await readAll();
  await send(200);
  while (await writer.settling.step());
  await readAll();
});
