import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import type { Outbox } from '../../src/client/outbox.ts';
import type { Taken, Transport } from '../../src/client/transport.ts';
import type { Batch } from '../../src/protocol/batch.ts';
import { clientEvent } from '../helpers/client-event.ts';

const start = 1_800_000_000_000;
mock.timers.enable({ apis: ['Date'], now: start });
// Keeps the `Date.now` that it finds, as in a page.
const { createQueue } = await import('../../src/client/queue.ts');
mock.timers.reset();
beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: start }));
afterEach(() => mock.timers.reset());

/** A queue before a transport that keeps what it is given, until the test answers. */
function setUp(stored = new Map<string, string>()) {
  const sent: { batch: Batch; moment: 0 | 1 | 2; answer: (status: number, retryAfterMs?: number) => void }[] = [];
  const mirrored: Batch[] = [];
  const warnings: string[] = [];
  /** What the ladder says to a batch: usually an answer is to come, and no rung takes a mirror of what waits. */
  const state = { taken: true as Taken, mirror: undefined as Taken };
  const outbox: Outbox = {
    _put: (key, text) => void (text ? stored.set(key, text) : stored.delete(key)),
    _read: () => [...stored].map(([key, text]): [string, unknown] => [key, JSON.parse(text)]),
  };
  const transport: Transport = (body, moment, done) => {
    const batch = JSON.parse(body) as Batch;
    const taken = moment === 1 ? state.mirror : state.taken;
    if (taken === false && moment === 1) mirrored.push(batch);
    else if (taken != null)
      sent.push({ batch, moment, answer: (status, retryAfterMs = 0) => done(status, retryAfterMs) });
    return taken;
  };
  const queue = createQueue(transport, outbox, (message) => void warnings.push(message));
  const ids = () => sent.map(({ batch }) => batch.events.map(({ id }) => id));
  const last = () => sent.at(-1) ?? assert.fail('nothing was sent');
  /** After the second for which a batch gathers at most. */
  const answerLater = (status: number) => {
    mock.timers.tick(1_000);
    last().answer(status);
  };
  return { queue, sent, mirrored, stored, warnings, state, ids, last, answerLater };
}

test('sends the first event at once, and what comes before the answer in one batch after it', () => {
  const { queue, sent, ids } = setUp();
  const events = Array.from({ length: 5 }, () => clientEvent());
  for (const event of events) queue._add(event, event.id);
  assert.deepEqual(ids(), [[events[0]?.id]]);
  mock.timers.tick(25);
  sent[0]?.answer(202);
  assert.deepEqual(
    ids()[1],
    events.slice(1).map(({ id }) => id),
  );
});

test('hands over what happens before the answer at once, and sends it again for an answer', () => {
  const { queue, sent, mirrored, state, ids } = setUp();
  state.mirror = false;
  const events = Array.from({ length: 3 }, () => clientEvent());
  for (const event of events) queue._add(event, event.id);
  assert.deepEqual(
    mirrored.map((batch) => batch.events.map(({ id }) => id)),
    events.slice(1).map(({ id }) => [id]),
  );
  mock.timers.tick(25);
  sent[0]?.answer(202);
  assert.deepEqual(
    ids()[1],
    events.slice(1).map(({ id }) => id),
  );
  sent[1]?.answer(202);
  assert.ok(queue._isEmpty());
});

test('what was counted while an answer is to come is told, though its mirror is taken back', () => {
  const { queue, sent, state } = setUp();
  state.mirror = false;
  queue._add(clientEvent(), 'a');
  queue._drop('ignore');
  queue._add(clientEvent({}, { value: 'second' }), 'b');
  mock.timers.tick(1_000);
  sent[0]?.answer(202);
  assert.deepEqual(
    sent.map(({ batch }) => batch.dropped),
    [undefined, { ignore: 1 }],
  );
});

test('errors that keep coming are mirrored at once and share few batches', () => {
  const { queue, sent, mirrored, state } = setUp();
  state.mirror = false;
  let answered = 0;
  for (let i = 0; i < 200; i++) {
    queue._add(clientEvent({}, { value: `boom ${i}` }), `${i}`);
    for (; answered < sent.length; answered++) sent[answered]?.answer(202);
    mock.timers.tick(5);
  }
  assert.deepEqual(
    mirrored.slice(0, 9).map(({ events }) => events.length),
    Array.from({ length: 9 }, () => 1),
  );
  assert.ok(sent.length < 10, `${sent.length} batches`);
  mock.timers.tick(1_000);
  sent.slice(answered).forEach(({ answer }) => answer(202));
  assert.equal(new Set(sent.flatMap(({ batch }) => batch.events.map(({ id }) => id))).size, 200);
  assert.ok(queue._isEmpty());
});

test('keeps an event in the outbox until the collector has answered', () => {
  const { queue, stored, last } = setUp();
  queue._add(clientEvent(), 'a');
  assert.equal(stored.size, 2);
  last().answer(202);
  assert.equal(stored.size, 0);
  assert.ok(queue._isEmpty());
});

test('counts repeats instead of sending them', () => {
  const { queue, sent, last } = setUp();
  for (let i = 0; i < 50; i++) queue._add(clientEvent(), 'same');
  assert.equal(sent.length, 1);
  last().answer(202);
  assert.equal(sent.length, 1);
  mock.timers.tick(1_000);
  assert.equal(sent.length, 2);
  assert.deepEqual(
    last().batch.events.map(({ count }) => count),
    [49],
  );
});

test('a loop is sent less and less often, at last once a minute, with the right count', () => {
  const { queue, sent } = setUp();
  let repeats = 0;
  let answered = 0;
  for (let second = 0; second < 600; second++) {
    for (let i = 0; i < 10; i++, repeats++) queue._add(clientEvent(), 'same');
    mock.timers.tick(1_000);
    for (; answered < sent.length; answered++) sent[answered]?.answer(202);
  }
  queue._send(true);
  assert.ok(sent.length < 25, `${sent.length} batches`);
  const counted = sent.reduce(
    (sum, { batch }) => sum + batch.events.reduce((all, { count }) => all + (count ?? 1), 0),
    0,
  );
  const dropped = sent
    .flatMap(({ batch }) => Object.values(batch.dropped ?? {}))
    .reduce((sum, count) => sum + count, 0);
  assert.equal(counted + dropped, repeats);
});

test('tries again after failures, later each time, with the same ids', () => {
  const { queue, sent, last, ids } = setUp();
  const event = clientEvent();
  queue._add(event, 'a');
  for (const [status, waitMs] of [
    [0, 1_000],
    [503, 2_000],
    [429, 4_000],
  ] as const) {
    const before = sent.length;
    last().answer(status);
    mock.timers.tick(waitMs / 2 - 1);
    assert.equal(sent.length, before);
    mock.timers.tick(waitMs / 2 + 51);
    assert.equal(sent.length, before + 1);
  }
  assert.ok(ids().every(([id]) => id === event.id));
});

test('obeys Retry-After, and wakes when the network is back', () => {
  const { queue, sent, last } = setUp();
  queue._add(clientEvent(), 'a');
  last().answer(503, 60_000);
  mock.timers.tick(59_000);
  assert.equal(sent.length, 1);
  queue._wake();
  assert.equal(sent.length, 2);
});

test('splits a batch that is too large, and drops one event that is', () => {
  const { queue, sent, answerLater, ids } = setUp();
  const events = Array.from({ length: 5 }, () => clientEvent());
  for (const event of events) queue._add(event, event.id);
  for (const status of [202, 413]) answerLater(status);
  assert.equal(ids().at(-1)?.length, 2);
  for (const status of [202, 202]) answerLater(status);
  assert.ok(queue._isEmpty());
  queue._add(clientEvent(), 'large');
  answerLater(413);
  assert.ok(queue._isEmpty());
  queue._add(clientEvent(), 'next');
  assert.deepEqual(sent.at(-1)?.batch.dropped, { refused: 1 });
});

test('gives up on what the collector refuses, and says so', () => {
  const { queue, answerLater, warnings, stored } = setUp();
  for (const key of ['a', 'b']) {
    queue._add(clientEvent(), key);
    answerLater(401);
  }
  assert.deepEqual(warnings, ['refused with status 401', 'refused with status 401']);
  assert.equal(stored.size, 0);
});

test('sends everything when the page is being left, and keeps what nobody acknowledged', () => {
  const { queue, sent, stored, state } = setUp();
  queue._add(clientEvent(), 'a');
  for (let i = 0; i < 3; i++) queue._add(clientEvent(), 'b');
  queue._add(clientEvent(), 'c');
  state.taken = false;
  queue._send(true, true);
  assert.equal(sent.length, 2);
  assert.deepEqual(
    sent[1]?.batch.events.map(({ count }) => count),
    [undefined, 2, undefined],
  );
  queue._send(true, true);
  assert.deepEqual(
    sent[2]?.batch.events.map(({ id }) => id),
    sent[1]?.batch.events.map(({ id }) => id),
  );
  assert.equal(stored.size, 5);
});

test('sends at the next visit what the last one left, and nothing twice', () => {
  const stored = new Map<string, string>();
  const before = setUp(stored);
  const crumb = { at: 1, kind: 'click' as const, text: 'button#buy' };
  before.queue._add(clientEvent({ breadcrumbs: [crumb], release: '1.0.0' }), 'a');
  before.queue._add(clientEvent({ breadcrumbs: [crumb], release: '1.0.0' }), 'b');
  const after = setUp(stored);
  after.queue._drain();
  after.queue._drain();
  assert.equal(after.sent.length, 1);
  assert.equal(after.last().batch.release, '1.0.0');
  assert.deepEqual(after.last().batch.trail, [crumb]);
  after.last().answer(202);
  assert.equal(stored.size, 0);
});

test('does not send what is a week old, or cannot be read', () => {
  const stored = new Map<string, string>();
  const { queue } = setUp(stored);
  queue._add(clientEvent({ at: start - 8 * 24 * 3_600_000 }), 'old');
  stored.set('lonely', '{}');
  stored.set('gone:event', '{}');
  const after = setUp(stored);
  after.queue._drain();
  assert.equal(after.sent.length, 0);
  assert.equal(stored.size, 0);
});

test('a thousand different errors at once all arrive; after that the rest is counted', () => {
  const { queue, sent, answerLater } = setUp();
  for (let i = 0; i < 1_000; i++) queue._add(clientEvent({}, { value: `boom ${i}` }), `${i}`);
  for (let tries = 0; !queue._isEmpty() && tries < 50; tries++) answerLater(202);
  assert.equal(new Set(sent.flatMap(({ batch }) => batch.events.map(({ id }) => id))).size, 1_000);
  assert.ok(sent.every(({ batch }) => JSON.stringify(batch).length <= 60_000));
});

test('a loop does not use up what is reserved for new errors', () => {
  const { queue, last, answerLater } = setUp();
  for (let i = 0; i < 200; i++) {
    queue._add(clientEvent(), 'loop');
    queue._send(true);
    answerLater(202);
  }
  queue._add(clientEvent({ message: 'new' }), 'new');
  assert.equal(last().batch.events[0]?.message, 'new');
});

test('keeps the raised count of what waits, and leaves alone what another tab still counts', () => {
  const stored = new Map<string, string>();
  const tab = setUp(stored);
  for (let i = 0; i < 10; i++) tab.queue._add(clientEvent(), 'same');
  tab.state.taken = undefined;
  mock.timers.tick(1_000);
  const other = setUp(stored);
  other.queue._drain();
  assert.deepEqual(
    other.sent.flatMap(({ batch }) => batch.events.map(({ count }) => count ?? 1)),
    [1],
    'what was sent already is sent again, what is being counted is not',
  );
  mock.timers.tick(60_000);
  other.last().answer(202);
  assert.deepEqual(
    other.last().batch.events.map(({ count }) => count),
    [9],
    'the other tab has died',
  );
  assert.ok(!JSON.stringify(other.last().batch).includes('until'));
});

test('does not change what another tab may have taken', () => {
  const { queue, state, sent } = setUp();
  state.taken = undefined;
  for (let i = 0; i < 3; i++) queue._add(clientEvent(), 'same');
  mock.timers.tick(1_000);
  mock.timers.tick(60_000);
  queue._add(clientEvent(), 'same');
  state.taken = true;
  mock.timers.tick(2_000);
  queue._wake();
  assert.deepEqual(
    sent.flatMap(({ batch }) => batch.events.map(({ count }) => count ?? 1)),
    [1, 2, 1],
  );
});

test('hands over to the next visit what was counted and not told', () => {
  const stored = new Map<string, string>();
  const { queue, state } = setUp(stored);
  state.taken = undefined;
  queue._drop('ignored', 3);
  queue._send(true, true);
  stored.set(':spoilt', 'null');
  const next = setUp(stored);
  next.queue._drain();
  next.queue._drain();
  next.queue._add(clientEvent(), 'a');
  assert.deepEqual(next.last().batch.dropped, { ignored: 3 });
});

test('a page without any event tells what it dropped when it is left, and keeps nothing of it', () => {
  const { queue, last, stored } = setUp();
  queue._drop('resize-observer', 3);
  queue._send(true, true);
  assert.deepEqual(last().batch.events, []);
  assert.deepEqual(last().batch.dropped, { 'resize-observer': 3 });
  assert.equal(stored.size, 0);
});

test('what exceeds the outbox stays in memory; storage keeps the rarest and the newest', () => {
  const stored = new Map<string, string>();
  const { queue, state, sent, last } = setUp(stored);
  state.taken = undefined;
  for (let i = 0; i < 2; i++) queue._add(clientEvent({ message: 'x'.repeat(1_900) }), 'often');
  const events = Array.from({ length: 1_000 }, (_, i) => clientEvent({ message: `${i} ${'x'.repeat(1_900)}` }));
  for (const event of events) queue._add(event, event.id);
  const kept = [...stored].filter(([key]) => key.includes(':'));
  assert.ok(kept.reduce((sum, [, text]) => sum + text.length, 0) < 1_000_000);
  const ids = kept.map(([, text]) => (JSON.parse(text) as { id: string }).id);
  assert.deepEqual(
    ids,
    events.slice(-ids.length).map(({ id }) => id),
    'a repeat goes first, then the oldest',
  );
  assert.ok(ids.length > 400);
  state.taken = true;
  mock.timers.tick(1_000);
  queue._wake();
  for (let tries = 0; !queue._isEmpty() && tries < 100; tries++) last().answer(202);
  assert.equal(new Set(sent.flatMap(({ batch }) => batch.events.map(({ id }) => id))).size, 1_002);
  assert.deepEqual(
    sent.flatMap(({ batch }) => Object.keys(batch.dropped ?? {})),
    [],
  );
});

test('memory has a bound too, and what exceeds it is counted', () => {
  const { queue, state, sent, last } = setUp();
  state.taken = undefined;
  for (let i = 0; i < 1_500; i++) queue._add(clientEvent({ message: `${i} ${'x'.repeat(3_900)}` }), `${i}`);
  state.taken = true;
  queue._wake();
  for (let tries = 0; !queue._isEmpty() && tries < 200; tries++) last().answer(202);
  const dropped = sent.flatMap(({ batch }) => Object.entries(batch.dropped ?? {}));
  const arrived = sent.reduce((sum, { batch }) => sum + batch.events.length, 0);
  assert.deepEqual(
    dropped.map(([reason]) => reason),
    ['outbox-full'],
  );
  assert.equal(arrived + (dropped[0]?.[1] ?? 0), 1_500);
});
