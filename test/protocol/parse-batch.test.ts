import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Batch } from '../../src/protocol/batch.ts';
import { limits } from '../../src/protocol/limits.ts';
import { parseBatch } from '../../src/protocol/parse-batch.ts';

const id = (n: number) => `event-id-${String(n).padStart(8, '0')}`;

const base = { version: 1, sdk: { name: 'test', version: '1.0.0' }, sentAt: 1_700_000_000_000 };

const batch = (fields: Partial<Batch> | Record<string, unknown>) => ({ ...base, events: [], ...fields });

function parse(fields: Record<string, unknown>) {
  const parsed = parseBatch(batch(fields));
  assert.ok(parsed.ok);
  return parsed;
}

/** What becomes of one event, alone in its batch. */
function parseOne(fields: Record<string, unknown>, shared: Record<string, unknown> = {}) {
  const parsed = parse({ ...shared, events: [{ id: id(1), at: 1, ...fields }] });
  const [event] = parsed.events;
  assert.ok(event);
  return { event, problems: parsed.problems, paths: parsed.problems.map(({ path }) => path) };
}

const crumb = (n: number) => ({ at: n, kind: 'custom', text: `step ${n}` });

test('an event begins with its id, whatever else its batch says', () => {
  const { event } = parseOne({ user: { id: 'u1' } }, { release: '1.0', session: 'a'.repeat(32) });
  assert.equal(Object.keys(event)[0], 'id');
});

test('a request that the policy blocked says so in its text too', () => {
  const { event } = parseOne({
    mechanism: 'request',
    request: { method: 'GET', url: 'https://api.example/cart', failure: 'csp' },
    exceptions: [{ type: 'RequestError', value: 'GET https://api.example/cart failed: network' }],
  });
  assert.equal(event.exceptions[0]?.value, 'GET https://api.example/cart failed: csp');
});

test('frames of code from a text and of WebAssembly are named as their author knows them, what has no name is none', () => {
  const { event, problems } = parseOne(
    { exceptions: [{ type: 'Error', value: 'x', stack: 0 }] },
    {
      files: ['https://shop.example/a.js line 62 > eval', 'wasm://wasm/e30a2672:wasm-function[0]:0x21', '<anonymous>'],
      frames: [
        ['Cart.add [as push]', 0, 1, 26],
        ['', 1, 0, 0],
        ['<anonymous>', 2, 1, 1],
      ],
      stacks: [[0, 1, 2]],
    },
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(event.exceptions[0]?.frames, [
    { function: 'Cart.add', filename: 'https://shop.example/a.js', lineno: 62 },
    { filename: 'wasm://wasm/e30a2672', lineno: 1, colno: 34 },
  ]);
});

test('gives each event what the batch says once', () => {
  const parsed = parse({
    release: '1.4.2',
    user: { id: 'u1' },
    browser: { name: 'Firefox', version: '140.0' },
    trail: [crumb(0), crumb(1), crumb(2)],
    files: ['https://shop.example/app.js'],
    frames: [
      ['pay', 0, 10, 5],
      ['', -1, 0, 0],
    ],
    stacks: [[0, 1]],
    events: [
      { id: id(1), at: 5, exceptions: [{ type: 'TypeError', value: 'x is null', stack: 0 }], trail: [0, 2] },
      { id: id(2), at: 6, release: '1.5.0', message: 'hello', level: 'info', mechanism: 'message', handled: true },
    ],
  });
  assert.deepEqual(parsed.problems, []);
  assert.deepEqual(parsed.events[0], {
    release: '1.4.2',
    user: { id: 'u1' },
    browser: { name: 'Firefox', version: '140.0' },
    id: id(1),
    at: 5,
    level: 'error',
    mechanism: 'onerror',
    handled: false,
    exceptions: [
      {
        type: 'TypeError',
        value: 'x is null',
        frames: [{ function: 'pay', filename: 'https://shop.example/app.js', lineno: 10, colno: 5 }],
      },
    ],
    breadcrumbs: [crumb(0), crumb(1)],
    count: 1,
  });
  assert.equal(parsed.events[1]?.release, '1.5.0');
  assert.deepEqual(parsed.events[1]?.breadcrumbs, []);
});

test('reads JSON text as well as a parsed value', () => {
  const value = batch({ events: [{ id: id(1), at: 1 }] });
  assert.deepEqual(parseBatch(JSON.stringify(value)), parseBatch(value));
});

test('refuses what is no batch, and says why', () => {
  const path = (input: unknown) => {
    const parsed = parseBatch(input);
    assert.equal(parsed.ok, false);
    return parsed.problems[0]?.path;
  };
  for (const input of [undefined, null, 1, NaN, true, [], '', '{', '[]', 'null', Symbol('s'), () => 1]) {
    assert.equal(path(input), '');
  }
  assert.equal(path({ ...base, version: 2, events: [] }), 'version');
  assert.equal(path(base), 'events');
  assert.equal(path({ ...base, events: {} }), 'events');
  assert.equal(path('"' + 'x'.repeat(limits.maxBatchBytes) + '"'), '');
});

test('keeps the neighbours of a bad event', () => {
  const parsed = parse({ events: [{ id: id(1), at: 1 }, null, { id: 'short', at: 1 }, 7, [], { id: id(2), at: 2 }] });
  assert.deepEqual(
    parsed.events.map((event) => event.id),
    [id(1), id(2)],
  );
  assert.equal(parsed.refused, 4);
  assert.deepEqual(
    parsed.problems.map(({ path }) => path),
    ['events[1]', 'events[2].id', 'events[3]', 'events[4]'],
  );
});

test('takes ids of 16 to 64 characters of A-Za-z0-9_- only', () => {
  const count = (value: unknown) => parse({ events: [{ id: value, at: 1 }] }).events.length;
  for (const good of ['a'.repeat(16), 'Z'.repeat(64), '0123456789_-abcd']) assert.equal(count(good), 1);
  for (const bad of ['a'.repeat(15), 'a'.repeat(65), 'a'.repeat(16) + '\n', 'ä'.repeat(16), 'a b'.repeat(8), 1, null]) {
    assert.equal(count(bad), 0);
  }
});

test('gives wrong fields their defaults and names their paths', () => {
  const { event, paths } = parseOne({
    at: 'now',
    level: 'fatal',
    mechanism: 3,
    handled: 'yes',
    count: 0,
    exceptions: [{ type: 5, value: [], stack: 9 }, 'x'],
    breadcrumbs: 'ignored',
    fingerprint: 'x',
    request: { method: 'GET' },
    tags: { plan: {} },
    page: { url: 1 },
    device: { kind: 'fridge' },
  });
  assert.equal(event.at, base.sentAt);
  assert.equal(event.level, 'error');
  assert.equal(event.mechanism, 'onerror');
  assert.equal(event.count, 1);
  assert.deepEqual(event.exceptions, [
    { type: 'Error', value: '', frames: [] },
    { type: 'Error', value: '', frames: [] },
  ]);
  assert.deepEqual(event.tags, {});
  assert.equal(event.page, undefined);
  assert.equal(event.request, undefined);
  assert.deepEqual(
    paths.toSorted(),
    [
      'events[0].at',
      'events[0].count',
      'events[0].device.kind',
      'events[0].exceptions[0].stack',
      'events[0].exceptions[0].type',
      'events[0].exceptions[0].value',
      'events[0].exceptions[1]',
      'events[0].exceptions[1].type',
      'events[0].fingerprint',
      'events[0].handled',
      'events[0].level',
      'events[0].mechanism',
      'events[0].page.url',
      'events[0].request',
      'events[0].tags.plan',
    ].toSorted(),
  );
});

test('ignores fields it does not know, and null like absent', () => {
  const { event, problems } = parseOne({ color: 'red', release: null, user: null, trail: null }, { release: '1' });
  assert.deepEqual(problems, []);
  assert.equal(event.release, '1');
  assert.ok(!('color' in event));
});

test('cuts what is too long, and says so', () => {
  const { event, paths } = parseOne(
    { message: 'm'.repeat(limits.message + 1), exceptions: Array(9).fill({ type: 'E', value: 'v', stack: 0 }) },
    { frames: [['f', -1, 1, 1]], stacks: [Array(60).fill(0)], release: 'r'.repeat(500) },
  );
  assert.equal(event.message?.length, limits.message);
  assert.ok(event.message.endsWith('…'));
  assert.equal(event.release?.length, limits.label);
  assert.equal(event.exceptions.length, limits.exceptionsPerEvent);
  assert.equal(event.exceptions[0]?.frames.length, limits.framesPerStack);
  assert.deepEqual(paths, ['release', 'stacks[0]', 'events[0].exceptions', 'events[0].message']);
});

test('cuts free data by depth, keys and length', () => {
  const deep = JSON.parse('{"a":'.repeat(30) + '1' + '}'.repeat(30)) as unknown;
  const wide = Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`k${i}`, i]));
  const { event } = parseOne({ extra: { deep, wide, long: 'x'.repeat(5000), list: Array(80).fill(Infinity) } });
  const extra = event.extra as { deep: unknown; wide: object; long: string; list: unknown[] };
  assert.deepEqual(extra.deep, { a: { a: { a: { a: '[object]' } } } });
  assert.equal(Object.keys(extra.wide).length, limits.keys);
  assert.equal(extra.long.length, limits.string);
  assert.deepEqual(extra.list, Array(limits.keys).fill('Infinity'));
});

test('refuses events past the limit of one batch', () => {
  const events = Array.from({ length: limits.eventsPerBatch + 3 }, (_, i) => ({ id: id(i), at: i }));
  const parsed = parse({ events });
  assert.equal(parsed.events.length, limits.eventsPerBatch);
  assert.equal(parsed.refused, 3);
});

test('survives keys that reach for the prototype', () => {
  const text = `{"version":1,"sdk":{"name":"x","version":"1","__proto__":{"polluted":1}},"sentAt":1,"__proto__":{"polluted":1},
    "tags":{"__proto__":{"polluted":1},"constructor":"c"},"extra":{"__proto__":{"polluted":1},"a":{"__proto__":[1]}},
    "events":[{"id":"${id(1)}","at":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}`;
  const parsed = parseBatch(text);
  assert.ok(parsed.ok);
  const [event] = parsed.events;
  assert.ok(event);
  assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  for (const object of [event, event.tags, event.extra, event.extra?.['a']]) {
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
    assert.equal((object as { polluted?: unknown }).polluted, undefined);
  }
  assert.deepEqual(event.tags, { constructor: 'c' });
});

test('replaces what no store can hold: lone surrogates and NUL', () => {
  const { event } = parseOne({ message: 'a\uD800b\0c😀', tags: { 'k\uDC00': 'v' } });
  assert.equal(event.message, 'a\uFFFDb\uFFFDc😀');
  assert.deepEqual(event.tags, { 'k\uFFFD': 'v' });
});

test('never cuts an emoji in half', () => {
  const { event } = parseOne({ message: '😀'.repeat(limits.message) });
  assert.ok(!/\p{Cs}/u.test(event.message ?? ''));
});

test('skips references that lead nowhere', () => {
  const { event, paths } = parseOne(
    {
      exceptions: [
        { type: 'E', value: '', stack: 0 },
        { type: 'E', value: '', stack: -1 },
      ],
      trail: [-1, 99],
    },
    {
      files: ['a.js'],
      frames: [['f', 7, 1, 1]],
      stacks: [[0, 1, -1, 0.5, 'x', 0]],
      trail: [crumb(0), 'bad', crumb(2)],
    },
  );
  assert.deepEqual(event.exceptions[0]?.frames, [
    { function: 'f', lineno: 1, colno: 1 },
    { function: 'f', lineno: 1, colno: 1 },
  ]);
  assert.deepEqual(event.exceptions[1]?.frames, []);
  assert.deepEqual(event.breadcrumbs, [crumb(0), crumb(2)]);
  for (const path of [
    'frames[0][1]',
    'stacks[0][1]',
    'stacks[0][2]',
    'trail[1]',
    'events[0].trail[0]',
    'events[0].trail[1]',
  ]) {
    assert.ok(paths.includes(path), path);
  }
});

test('gives an event no more than its last breadcrumbs', () => {
  const { event } = parseOne({ trail: [0, 80] }, { trail: Array.from({ length: 80 }, (_, i) => crumb(i)) });
  assert.equal(event.breadcrumbs.length, limits.breadcrumbs);
  assert.equal(event.breadcrumbs.at(-1)?.at, 79);
});

test('lets an exception belong only to one before it', () => {
  const parent = (n: unknown) => ({ type: 'E', value: '', parent: n, relation: 'cause' });
  const { event } = parseOne({ exceptions: [parent(0), parent(0), parent(2), parent(1), parent('0')] });
  assert.deepEqual(
    event.exceptions.map((exception) => exception.parent),
    [undefined, 0, undefined, 1, undefined],
  );
});

const record = (n: number, fields = {}) => ({ id: id(n), at: n, logger: 'shop.cart', text: `line ${n}`, ...fields });

test('reads records of a log beside events, or alone, and gives them the context of the batch once', () => {
  const parsed = parse({
    session: 's1',
    release: '1.0.0',
    records: [record(1, { level: 'debug', data: { items: 3 } }), record(2, { release: '2.0.0' })],
  });
  assert.deepEqual(parsed.problems, []);
  assert.deepEqual(parsed.events, []);
  assert.deepEqual(parsed.records, [
    { id: id(1), at: 1, level: 'debug', logger: 'shop.cart', text: 'line 1', data: { items: 3 } },
    { id: id(2), at: 2, level: 'info', logger: 'shop.cart', text: 'line 2' },
  ]);
  assert.deepEqual(parsed.context, { session: 's1', release: '1.0.0' });
  assert.equal(parsed.refused, 0);
});

test('keeps the neighbours of a bad record, and counts it as refused beside bad events', () => {
  const parsed = parse({ events: [{ id: 'short' }], records: [record(1), 'x', { id: 'short' }, record(2)] });
  assert.deepEqual(
    parsed.records.map(({ text }) => text),
    ['line 1', 'line 2'],
  );
  assert.equal(parsed.refused, 3);
  assert.deepEqual(
    parsed.problems.map(({ path }) => path),
    ['events[0].id', 'records[1]', 'records[2].id'],
  );
});

test('cuts a record to the limits, and gives its wrong fields their defaults', () => {
  const wrong = {
    id: id(1),
    level: 'fatal',
    logger: 7,
    text: 't'.repeat(limits.message + 1),
    data: { a: { b: Infinity } },
  };
  const parsed = parse({ records: [wrong] });
  const [{ text, ...rest } = { text: '' }] = parsed.records;
  assert.equal(text.length, limits.message);
  assert.deepEqual(rest, { id: id(1), at: base.sentAt, level: 'info', logger: '', data: { a: { b: 'Infinity' } } });
  assert.deepEqual(
    parsed.problems.map(({ path }) => path),
    ['records[0].at', 'records[0].level', 'records[0].logger', 'records[0].text'],
  );
});

test('refuses records past the limit of one batch; what is no list of them is named', () => {
  const records = Array.from({ length: limits.recordsPerBatch + 3 }, (_, i) => record(i));
  const parsed = parse({ records });
  assert.equal(parsed.records.length, limits.recordsPerBatch);
  assert.equal(parsed.refused, 3);
  assert.deepEqual(parse({ records: { a: 1 } }).problems, [
    { path: 'records', message: 'must be a list, is a object' },
  ]);
});

test('names at most as many problems as the limit says', () => {
  assert.equal(parse({ events: Array(500).fill(0) }).problems.length, limits.problems);
});

test('shares what hundreds of events share', () => {
  const parsed = parse({
    trail: Array.from({ length: 50 }, (_, i) => crumb(i)),
    frames: Array.from({ length: 50 }, (_, i) => ['f', -1, i, 1]),
    stacks: [Array.from({ length: 50 }, (_, i) => i)],
    extra: { note: 'one' },
    events: Array.from({ length: 500 }, (_, i) => ({
      id: id(i),
      at: i,
      exceptions: [{ type: 'E', value: '', stack: 0 }],
      trail: [0, 50],
    })),
  });
  assert.equal(parsed.events.length, 500);
  assert.equal(new Set(parsed.events.map((event) => event.exceptions[0]?.frames)).size, 1);
  assert.equal(new Set(parsed.events.map((event) => event.breadcrumbs)).size, 1);
  assert.equal(new Set(parsed.events.map((event) => event.extra)).size, 1);
});

test('refuses events whose copies of what they share would fill a disk', () => {
  const extra = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, Array(9).fill('x'.repeat(2000))]));
  const parsed = parse({ extra, events: Array.from({ length: 1000 }, (_, i) => ({ id: id(i), at: i })) });
  const chars = JSON.stringify(parsed.events).length;
  assert.ok(parsed.events.length > 0);
  assert.ok(chars < 1.1 * limits.sharedChars, `${chars} characters`);
  assert.equal(parsed.refused, 1000 - parsed.events.length);
});

test('keeps the counts of what the page dropped', () => {
  const parsed = parse({ dropped: { rate: 3, x: -1, y: 'many', z: null } });
  assert.deepEqual(parsed.dropped, [{ reason: 'rate', count: 3 }]);
});

test('takes the time of arrival where the page said none', () => {
  const parsed = parseBatch({ version: 1, events: [{ id: id(1), at: Infinity }] }, 1234);
  assert.ok(parsed.ok);
  assert.equal(parsed.sentAt, 1234);
  assert.equal(parsed.events[0]?.at, 1234);
  assert.deepEqual(parsed.sdk, { name: 'unknown', version: '' });
});

test('lists in lists without end are refused before they are parsed, and brackets in a text are only text', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const batchWith = (extra: string) =>
    `{"version":1,"sdk":{"name":"t","version":"1"},"sentAt":1,"events":[{"id":"${'a'.repeat(20)}","at":1,"extra":${extra}}]}`;
  assert.equal(parseBatch(nested(300_000)).ok, false);
  assert.equal(parseBatch(batchWith(`{"x":${nested(20_000)}}`)).ok, false);
  assert.equal(parseBatch(batchWith(`{"x":${nested(100)}}`)).ok, true);
  const text = parseBatch(batchWith(`{"x":"\\"${'['.repeat(20_000)}"}`));
  assert.ok(text.ok);
  assert.match(JSON.stringify(text.events[0]?.extra), /\[\[\[\[/);
});

test('takes the type of an exception that has none out of its text', () => {
  const parsed = parse({
    events: [
      ['TypeError: x is null', 'my.DataException: gone', 'Script error.', 'Error: TypeError: x'].map((value) => ({
        type: '',
        value,
      })),
    ].map((exceptions) => ({ id: 'event-of-four-000001', exceptions })),
  });
  assert.deepEqual(
    parsed.events[0]?.exceptions.map(({ type, value }) => [type, value]),
    [
      ['TypeError', 'x is null'],
      ['my.DataException', 'gone'],
      ['Error', 'Script error.'],
      ['Error', 'TypeError: x'],
    ],
  );
  assert.deepEqual(parsed.problems, []);
});
