import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packBatch, shareEvent, type Shared } from '../../src/client/pack.ts';
import type { Batch } from '../../src/protocol/batch.ts';
import type { Breadcrumb, Event } from '../../src/protocol/event.ts';
import { goOn } from '../../src/protocol/parse/go-on.ts';
import type { Fields } from '../../src/protocol/parse/reader.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import { clientEvent } from '../helpers/client-event.ts';

const crumbs = (from: number, to: number): Breadcrumb[] =>
  Array.from({ length: to - from }, (_, i) => ({
    at: from + i,
    kind: 'click',
    text: `main > button#step-${from + i}`,
  }));

function pack(events: Event[]): string {
  const shared: Shared = { id: 'shared', context: {}, trail: [] };
  const waiting = events.map((event) => shareEvent(event, shared));
  return packBatch(shared, waiting, 1_800_000_000_500)[0];
}

function parse(events: Event[]): Event[] {
  const parsed = parseBatch(JSON.parse(pack(events)));
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.problems, []);
  return parsed.events;
}

test('the collector reads each event as it was', () => {
  const events = [
    clientEvent({ breadcrumbs: crumbs(0, 50), release: '1.0.0', tags: { plan: 'free' } }),
    clientEvent({ breadcrumbs: crumbs(3, 53), release: '1.0.0', tags: { plan: 'paid' }, level: 'warning', count: 3 }),
    clientEvent({ breadcrumbs: [...crumbs(3, 10), ...crumbs(20, 30)], release: '1.0.0', handled: true }),
    clientEvent({ exceptions: [], message: 'hello', mechanism: 'message', breadcrumbs: [], release: '1.0.0' }),
  ];
  const parsed = parse(events);
  const fields = [
    'id',
    'at',
    'level',
    'mechanism',
    'handled',
    'count',
    'release',
    'session',
    'page',
    'breadcrumbs',
  ] as const;
  for (const [i, event] of events.entries()) {
    for (const field of fields) assert.deepEqual(parsed[i]?.[field], event[field], `${field} of event ${i}`);
    assert.deepEqual(parsed[i]?.exceptions[0]?.frames, event.exceptions[0]?.frames);
  }
  assert.deepEqual(parsed[1]?.tags, { plan: 'paid' });
});

test('a breadcrumb that beforeSend took out of one event does not come back through its neighbour', () => {
  const secret: Breadcrumb = { at: 1, kind: 'custom', text: 'secret' };
  const [before, after] = [crumbs(0, 1), crumbs(2, 4)];
  const events = [
    clientEvent({ breadcrumbs: [...before, secret, ...after] }),
    clientEvent({ breadcrumbs: [...before, ...after] }),
  ];
  const parsed = parse(events);
  assert.deepEqual(parsed[1]?.breadcrumbs, [...before, ...after]);
});

test('a burst of 100 different errors with a full trail costs at most 250 bytes each', (t) => {
  const frames = Array.from({ length: 10 }, (_, i) => ({
    function: `handler${i}`,
    filename: `https://shop.example/assets/chunk-${i % 3}-4f2a8c.js`,
    lineno: 1,
    colno: 1_000 + i,
  }));
  const trail = crumbs(0, 50);
  const page = {
    url: 'https://shop.example/checkout?step=2',
    title: 'Checkout',
    viewport: [1280, 800] as [number, number],
  };
  const events = Array.from({ length: 100 }, (_, i) =>
    clientEvent(
      {
        breadcrumbs: trail,
        page,
        hints: { touchPoints: 0, fullVersionList: [{ brand: 'Chromium', version: '142' }] },
        release: '1.4.2',
      },
      { value: `cannot read item ${i}`, frames: [{ ...frames[0], colno: 5_000 + i }, ...frames.slice(1)] },
    ),
  );
  const bytes = Buffer.byteLength(pack(events)) / 100;
  t.diagnostic(`${bytes.toFixed(0)} bytes per event`);
  assert.ok(bytes <= 250, `${bytes}`);
});

test('a batch that goes on from another says only what is new, and the collector reads each event as it was', () => {
  const shared: Shared = { id: 'shared', context: {}, trail: [] };
  const events = [
    clientEvent({ breadcrumbs: crumbs(0, 3), release: '1.0.0' }),
    clientEvent({ breadcrumbs: crumbs(0, 5), release: '1.0.0', at: 1_800_000_000_400 }, { value: 'other' }),
    clientEvent(
      { breadcrumbs: crumbs(2, 5), release: '1.0.1', at: 1_800_000_000_500 },
      { frames: [{ function: 'pay', filename: 'https://shop.example/pay.js', lineno: 1, colno: 7 }] },
    ),
  ];
  const [first, ...later] = events.map((event) => shareEvent(event, shared));
  assert.ok(first);
  // What the second and the third brought to the trail is not in the first batch.
  const trail = shared.trail.splice(3);
  const [text, base] = packBatch(shared, [first], 1_800_000_000_300);
  shared.trail.push(...trail);
  const [next] = packBatch(shared, later, 1_800_000_000_500, undefined, base);
  assert.ok(!next.includes('session') && !next.includes('button#step-1"'), next);
  const parsed = parseBatch(goOn(JSON.parse(text) as Fields, JSON.parse(next) as Fields));
  assert.ok(parsed.ok);
  assert.deepEqual(parsed.problems, []);
  for (const [i, event] of events.slice(1).entries()) {
    for (const field of ['id', 'at', 'release', 'session', 'page', 'breadcrumbs', 'exceptions'] as const)
      assert.deepEqual(parsed.events[i]?.[field], event[field], `${field} of event ${i + 1}`);
  }
});

test('equal frames, files and stacks stand once', () => {
  const batch = JSON.parse(pack([clientEvent(), clientEvent(), clientEvent({}, { value: 'other' })])) as Batch;
  assert.deepEqual([batch.files?.length, batch.frames?.length, batch.stacks?.length], [1, 1, 1]);
});
