import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type {
  Activity,
  Invitation,
  IssueDetail,
  IssueList,
  IssuesChanged,
  LiveChange,
} from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { until } from '../helpers/until.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

/** Sends an event of the bug `name`, and answers with the issue as it is then. */
async function happens(
  name: string,
  fields: { release?: string; user?: string; at?: number } = {},
): Promise<IssueDetail> {
  const event = batchEvent({
    fingerprint: [name],
    exceptions: [{ type: 'Error', value: `${name} is broken`, stack: 0 }],
    ...(fields.at !== undefined && { at: fields.at }),
    ...(fields.user !== undefined && { user: { id: fields.user } }),
  });
  const { release, ...rest } = batch([event]);
  const wanted = fields.release === '' ? undefined : (fields.release ?? release);
  await send(collector.endpoint, { ...rest, ...(wanted !== undefined && { release: wanted }) });
  const { issueId } = await collector.waitForEvent((stored) => stored.event.id === event.id);
  return read(issueId);
}

const read = (id: string) => collector.api<IssueDetail>(`/api/issues/${id}`);
const patch = (id: string, change: object) =>
  collector.api<IssueDetail>(`/api/issues/${id}`, { method: 'PATCH', body: JSON.stringify(change) });
const activity = (id: string) => collector.api<Activity[]>(`/api/issues/${id}/activity`);
const found = async (query: string) => {
  const { issues } = await collector.api<IssueList>(`/api/issues?query=${encodeURIComponent(query)}`);
  return issues.map(({ title }) => title.split(' ')[1]);
};
async function refused(path: string, init: RequestInit): Promise<number> {
  const headers = { authorization: `Bearer ${collector.token}`, 'content-type': 'application/json' };
  return (await fetch(collector.url + path, { ...init, headers })).status;
}

test('a resolved issue opens again at the next event, and its history says so', async () => {
  const { id } = await happens('Anvil');
  const resolved = await patch(id, { status: 'resolved' });
  assert.deepEqual([resolved.status, resolved.resolution?.release], ['resolved', null]);
  const again = await happens('Anvil');
  assert.equal(again.status, 'unresolved');
  assert.equal(again.resolution, null);
  const [regressed, first] = await activity(id);
  assert.deepEqual([regressed?.kind, regressed?.person, regressed?.release], ['regressed', null, '1.0.0']);
  assert.deepEqual([first?.kind, first?.person], ['resolved', 'API token']);
});

test('resolved in the next release, an issue stays so until a later release has it', async () => {
  const { id } = await happens('Barrel', { release: '1.9.0' });
  const { resolution } = await patch(id, { status: 'resolved', inNextRelease: true });
  assert.deepEqual([resolution?.release, resolution?.isNext], ['1.9.0', true]);
  assert.equal((await happens('Barrel', { release: '1.9.0' })).status, 'resolved', 'the same release');
  assert.equal((await happens('Barrel', { release: '1.8.0' })).status, 'resolved', 'an old tab, first heard of now');
  assert.equal((await happens('Barrel', { release: '' })).status, 'resolved', 'a page that says no release');
  assert.equal((await happens('Barrel', { release: '1.10.0-beta.1' })).status, 'unresolved');
});

test('resolved in a release, an issue opens again in that one or a later one', async () => {
  const { id } = await happens('Candle', { release: 'aa11' });
  await happens('Wick', { release: 'bb22' });
  await patch(id, { status: 'resolved', inRelease: 'bb22' });
  assert.equal((await happens('Candle', { release: 'aa11' })).status, 'resolved');
  assert.equal((await happens('Candle', { release: 'bb22' })).status, 'unresolved');
  await patch(id, { status: 'resolved', inRelease: 'bb22' });
  assert.equal((await happens('Candle', { release: 'cc33' })).status, 'unresolved');
});

test('an event from before the resolution that arrives late opens nothing', async () => {
  const { id } = await happens('Drum');
  await patch(id, { status: 'resolved' });
  assert.equal((await happens('Drum', { at: Date.now() - 60_000 })).status, 'resolved');
});

test('a snoozed issue wakes after so many events, or so many users', async () => {
  const { id } = await happens('Easel', { user: 'u1' });
  assert.deepEqual((await patch(id, { status: 'snoozed', snooze: { events: 2 } })).snooze, { events: 2 });
  assert.deepEqual((await happens('Easel', { user: 'u1' })).snooze, { events: 1 });
  assert.equal((await happens('Easel', { user: 'u1' })).status, 'unresolved');
  await patch(id, { status: 'snoozed', snooze: { users: 1, events: 100 } });
  assert.equal((await happens('Easel', { user: 'u1' })).status, 'snoozed');
  assert.equal((await happens('Easel', { user: 'u2' })).status, 'unresolved');
  assert.deepEqual(
    (await activity(id)).map(({ kind }) => kind),
    ['woke', 'snoozed', 'woke', 'snoozed'],
  );
});

test('a snoozed issue wakes when its time has come, without an event', async () => {
  const { id } = await happens('Fiddle');
  await patch(id, { status: 'snoozed', snooze: { until: Date.now() + 100 } });
  let status: string = 'snoozed';
  await until(
    async () => (status = (await read(id)).status) === 'unresolved',
    () => status,
  );
  assert.deepEqual(
    (await activity(id)).map(({ kind, person }) => [kind, person]),
    [
      ['woke', null],
      ['snoozed', 'API token'],
    ],
  );
});

test('an issue is assigned to a person, found by that, and let go again', async () => {
  const { id } = await happens('Goblet');
  const { person } = await collector.api<Invitation>('/api/people', {
    method: 'POST',
    body: JSON.stringify({ name: 'Ada Lovelace', role: 'member' }),
  });
  assert.deepEqual((await patch(id, { assignee: person.id })).assignee, { id: person.id, name: 'Ada Lovelace' });
  assert.deepEqual(await found('is:assigned'), ['Goblet']);
  assert.deepEqual(await found('assigned:ada'), ['Goblet']);
  assert.ok(!(await found('-assigned:ada')).includes('Goblet'));
  assert.ok((await found('is:unassigned')).includes('Anvil'));
  assert.deepEqual(await found('is:mine'), [], 'a token is nobody');
  await collector.api(`/api/people/${person.id}`, { method: 'DELETE' });
  assert.equal((await read(id)).assignee, null, 'who has left looks after nothing');
  assert.deepEqual(
    (await activity(id)).map(({ kind, assignee }) => [kind, assignee]),
    [['assigned', 'Ada Lovelace']],
  );
  assert.equal(await refused(`/api/issues/${id}`, { method: 'PATCH', body: `{"assignee":"${person.id}"}` }), 404);
});

test('comments are kept with author and time, and deleted by their author', async () => {
  const { id } = await happens('Hammer');
  const comment = await collector.api<Activity>(`/api/issues/${id}/comments`, {
    method: 'POST',
    body: JSON.stringify({ text: ' <b>Look</b> at the handle \n' }),
  });
  assert.deepEqual([comment.person, comment.text], ['API token', '<b>Look</b> at the handle']);
  assert.deepEqual(await activity(id), [comment]);
  assert.equal(await refused(`/api/issues/${id}/comments`, { method: 'POST', body: '{"text":" "}' }), 400);
  assert.equal(await refused('/api/issues/99999/comments', { method: 'POST', body: '{"text":"x"}' }), 404);
  await collector.api(`/api/issues/${id}/comments/${comment.id}`, { method: 'DELETE' });
  assert.deepEqual(await activity(id), []);
});

test('many issues are changed at once', async () => {
  const ids = [(await happens('Inkwell')).id, (await happens('Jug')).id];
  const { changed } = await collector.api<{ changed: number }>('/api/issues', {
    method: 'PATCH',
    body: JSON.stringify({ ids: [...ids, '99999'], status: 'ignored' }),
  });
  assert.equal(changed, 2);
  for (const id of ids) assert.equal((await read(id)).status, 'ignored');
  assert.deepEqual((await found('is:ignored')).sort(), ['Inkwell', 'Jug']);
  assert.deepEqual(await found('is:ignored -inkwell'), ['Jug']);
});

test('what was done with many issues is undone: each is as it was before, unless more has happened since', async () => {
  const [open, snoozed, resolved, overtaken] = await Promise.all(
    ['Lamp', 'Mug', 'Nail', 'Oar'].map(async (name) => (await happens(name, { release: '5.0.0' })).id),
  );
  const until = Date.now() + 3_600_000;
  await patch(snoozed ?? '', { status: 'snoozed', snooze: { until, events: 7 } });
  await patch(resolved ?? '', { status: 'resolved', inNextRelease: true });
  const ids = [open, snoozed, resolved, overtaken].map(String);
  const states = async () =>
    (await Promise.all(ids.map(read))).map(({ status, snooze, resolution, assignee }) => ({
      status,
      snooze,
      resolution,
      assignee,
    }));
  const before = await states();
  const change = async (wanted: object) =>
    collector.api<IssuesChanged>('/api/issues', { method: 'PATCH', body: JSON.stringify({ ids, ...wanted }) });
  const undo = async (deeds: string[]) =>
    collector.api<{ changed: number }>('/api/issues/undo', { method: 'POST', body: JSON.stringify({ deeds }) });

  const { changed, deeds } = await change({ status: 'ignored' });
  assert.equal(changed, 4);
  assert.deepEqual(await undo(deeds), { changed: 4 });
  assert.deepEqual(await states(), before);
  assert.deepEqual(await undo(deeds), { changed: 0 }, 'once');
  const [undone] = await activity(open ?? '');
  assert.deepEqual([undone?.kind, undone?.deed, undone?.person], ['undone', 'ignored', 'API token']);
  assert.ok(!JSON.stringify(undone).includes('before'));

  const again = await change({ status: 'resolved' });
  await patch(overtaken ?? '', { status: 'unresolved' });
  assert.deepEqual(await undo(again.deeds), { changed: 3 });
  assert.deepEqual(await states(), before);
});

test('who follows live is told of what people do with issues, and of snoozes that end', async () => {
  const stream = await follow();
  try {
    const { id } = await happens('Pan');
    await patch(id, { status: 'snoozed', snooze: { until: Date.now() + 1 } });
    await stream.sees(id);
    await stream.sees(id);
    assert.equal((await read(id)).status, 'unresolved', 'the second was of its end');
    await collector.api(`/api/issues/${id}/comments`, { method: 'POST', body: '{"text":"Look"}' });
    await stream.sees(id);
  } finally {
    await stream.end();
  }
});

/** The live stream; `sees` takes the next change out of it, which must be of this issue. */
async function follow() {
  const headers = { authorization: `Bearer ${collector.token}` };
  const { body } = await fetch(`${collector.url}/api/live`, { headers });
  const reader = (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async sees(issueId: string) {
      const change = /^event: change\ndata: (.*)\n\n/m;
      while (!change.test(text)) text += (await reader.read()).value ?? '';
      const [whole, data = ''] = change.exec(text) ?? [];
      text = text.slice(text.indexOf(whole ?? '') + (whole?.length ?? 0));
      assert.deepEqual((JSON.parse(data) as LiveChange).issueIds, [issueId]);
    },
    end: () => reader.cancel(),
  };
}

test('a change that makes no sense is refused', async () => {
  const { id } = await happens('Kettle');
  for (const change of [
    { status: 'snoozed' },
    { status: 'snoozed', snooze: {} },
    { snooze: { events: 1 } },
    { status: 'snoozed', snooze: { events: 0 } },
    { inRelease: '1.0.0' },
    { status: 'ignored', inNextRelease: true },
  ]) {
    assert.equal(
      await refused(`/api/issues/${id}`, { method: 'PATCH', body: JSON.stringify(change) }),
      400,
      JSON.stringify(change),
    );
  }
  assert.deepEqual(await activity(id), []);
});

test('"in the next release" needs to know of one', async () => {
  const fresh = await startCollector();
  try {
    const bare = JSON.stringify({ ...batch([batchEvent()]), release: undefined });
    await send(fresh.endpoint, bare);
    const { issueId } = await fresh.waitForEvent(() => true);
    const body = '{"status":"resolved","inNextRelease":true}';
    await assert.rejects(fresh.api(`/api/issues/${issueId}`, { method: 'PATCH', body }), /409/);
  } finally {
    await fresh.close();
  }
});
