import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogging, type Logging } from '../../../src/client/logger/logging.ts';
import type { Logger } from '../../../src/client/logger/logger.ts';
import { levels } from '../../../src/protocol/event.ts';
import type { LogRecord } from '../../../src/protocol/log-record.ts';
import { limits } from '../../../src/protocol/limits.ts';

/** Loggers with one handler, and what it was given. */
function startLogging(threshold: 'trace' | 'info' | 'off' = 'trace'): { logging: Logging; records: LogRecord[] } {
  const logging = createLogging();
  const records: LogRecord[] = [];
  logging.addHandler('wire', (record) => void records.push(record), threshold);
  return { logging, records };
}

const textsOf = (records: LogRecord[]) => records.map(({ text }) => text);

test('a record has an id of its own, time, level, the name of its logger, text and fields', () => {
  const { logging, records } = startLogging();
  const log = logging.createLogger('checkout.payment');
  const before = Date.now();
  for (const level of levels) log[level]('Paid', { amount: 3 });
  assert.deepEqual(
    records.map(({ level, logger, text, data }) => ({ level, logger, text, data })),
    levels.map((level) => ({ level, logger: 'checkout.payment', text: 'Paid', data: { amount: 3 } })),
  );
  assert.equal(new Set(records.map(({ id }) => id)).size, levels.length);
  assert.ok(records.every(({ id }) => /^[\w-]{16,64}$/.test(id)));
  assert.ok(records.every(({ at }) => at >= before && at <= Date.now()));
});

test('the threshold of the longest prefix counts, and only whole names are prefixes', () => {
  const { logging, records } = startLogging('info');
  logging.setThreshold('', 'error');
  logging.setThreshold('checkout', 'notice');
  logging.setThreshold('checkout.payment', { wire: 'trace' });
  for (const name of ['cart', 'checkout', 'checkout.payment', 'checkout.payment.card', 'checkouts'])
    for (const level of ['trace', 'notice', 'error'] as const) logging.createLogger(name)[level](`${name} ${level}`);
  assert.deepEqual(textsOf(records), [
    'cart error',
    'checkout notice',
    'checkout error',
    ...['trace', 'notice', 'error'].map((level) => `checkout.payment ${level}`),
    ...['trace', 'notice', 'error'].map((level) => `checkout.payment.card ${level}`),
    'checkouts error',
  ]);
});

test('a threshold changes for loggers that are there already, and theirs made by `with`', () => {
  const { logging, records } = startLogging('info');
  const log = logging.createLogger('checkout');
  const child = log.with({ order: 42 });
  const say = (text: string) => {
    log.debug(text);
    child.debug(text);
  };
  say('one');
  logging.setThreshold('checkout', 'debug');
  say('two');
  logging.setThreshold('checkout', 'off');
  log.critical('three');
  logging.setThreshold('checkout', 'warning');
  say('four');
  assert.deepEqual(
    records.map(({ text, data }) => [text, data]),
    [
      ['two', undefined],
      ['two', { order: 42 }],
    ],
  );
});

test('each handler has a threshold of its own, by name', () => {
  const { logging, records } = startLogging('info');
  const printed: string[] = [];
  logging.addHandler('console', ({ text }) => void printed.push(text), 'off');
  const remove = logging.addHandler('mine', ({ text }) => void printed.push(`mine: ${text}`), 'error');
  const log = logging.createLogger('a');
  logging.setThreshold('a', { console: 'debug', wire: 'warning' });
  log.debug('fine');
  log.error('bad');
  remove();
  log.error('worse');
  assert.deepEqual(
    [textsOf(records), printed],
    [
      ['bad', 'worse'],
      ['fine', 'bad', 'mine: bad', 'worse'],
    ],
  );
});

test('a message is made only when a handler wants the record', () => {
  const { logging, records } = startLogging('info');
  const log = logging.createLogger('a');
  let made = 0;
  const make = () => `made ${++made}`;
  log.debug(make);
  assert.equal(made, 0);
  log.info(make);
  logging.setThreshold('a', 'debug');
  log.debug(make);
  log.info(() => {
    throw new Error('no words');
  });
  assert.deepEqual(textsOf(records), ['made 1', 'made 2', 'The message could not be made: Error: no words']);
});

test('what was caught can be the message, and its methods need no this', async () => {
  const { logging, records } = startLogging();
  const { error } = logging.createLogger('a').with({ order: 42 });
  await Promise.reject(new TypeError('no such card')).catch(error);
  await Promise.reject('only a text').catch(error);
  const [first, second] = records;
  assert.equal(first?.text, 'no such card');
  const { stack, ...rest } = (first?.data?.['error'] ?? {}) as Record<string, unknown>;
  assert.deepEqual([first?.data?.['order'], rest], [42, { type: 'TypeError', message: 'no such card' }]);
  assert.match(String(stack), /logging\.test/);
  assert.equal(second?.text, 'only a text');
});

test('errors among the fields, or instead of them, have type, message, stack and cause', () => {
  const { logging, records } = startLogging();
  const log = logging.createLogger('a');
  const error = new RangeError('too much', { cause: new Error('no limit') });
  log.error('Failed', { reason: error });
  log.error('Failed', error);
  const shown = records.map(({ data }) => Object.entries(data ?? {}).map(([name, value]) => [name, simplify(value)]));
  const expected = { type: 'RangeError', message: 'too much', cause: { type: 'Error', message: 'no limit' } };
  assert.deepEqual(shown, [[['reason', expected]], [['error', expected]]]);
});

/** Without stacks. */
function simplify(value: unknown): unknown {
  const { stack, cause, ...rest } = value as Record<string, unknown>;
  assert.match(String(stack), /logging\.test/);
  return cause ? { ...rest, cause: simplify(cause) } : rest;
}

test('processors add to every record, or drop it; later ones see what earlier ones made', () => {
  const { logging, records } = startLogging();
  const log = logging.createLogger('a').with({ own: 1 });
  const remove = logging.addProcessor((record) => ({ ...record, data: { ...record.data, tab: 7 } }));
  logging.addProcessor((record) => (record.text === 'secret' ? null : undefined));
  logging.addProcessor((record) => {
    record.text += record.data?.['tab'] ? '!' : '?';
  });
  log.info('one', { more: new Date(0) });
  log.info('secret');
  remove();
  log.info('two');
  assert.deepEqual(
    records.map(({ text, data }) => [text, data]),
    [
      ['one!', { own: 1, more: '1970-01-01T00:00:00.000Z', tab: 7 }],
      ['two?', { own: 1 }],
    ],
  );
});

test('processors and handlers that throw, answer nonsense, or log themselves cost nobody a record', () => {
  const { logging, records } = startLogging();
  const log = logging.createLogger('a');
  logging.addProcessor(() => {
    throw new Error('processor');
  });
  logging.addProcessor(() => 'nonsense' as never);
  logging.addProcessor(() => log.info('again'));
  logging.addHandler('mine', () => {
    log.error('again');
    throw new Error('handler');
  });
  const others: string[] = [];
  logging.addHandler('other', ({ text }) => void others.push(text));
  log.info('one');
  log.info('two');
  assert.deepEqual(
    [textsOf(records), others],
    [
      ['one', 'two'],
      ['one', 'two'],
    ],
  );
});

/** What a page may hand over. */
function hostileFields(): Record<string, object> {
  const cycle: Record<string, unknown> = { name: 'cycle' };
  cycle['self'] = cycle;
  const web: Record<string, unknown> = {};
  for (let i = 0; i < 50; i++) web[`k${i}`] = Object.fromEntries(Array.from({ length: 50 }, (_, j) => [`k${j}`, web]));
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const throws = () => {
    throw new Error('hostile');
  };
  return {
    cycle,
    web,
    revoked: revoked.proxy,
    'revoked inside': { inside: revoked.proxy },
    getter: Object.defineProperty({ kept: 1 }, 'bad', { enumerable: true, get: throws }),
    'throwing proxy': new Proxy({}, { ownKeys: throws, get: throws, getPrototypeOf: throws }),
    'hostile methods': { toString: throws, toJSON: throws, valueOf: throws, [Symbol.toPrimitive]: throws },
    'hostile error': Object.defineProperties(new Error('x'), { message: { get: throws }, stack: { get: throws } }),
    primitives: { big: 12n, symbol: Symbol('s'), nan: NaN, nothing: null, missing: undefined, run: () => 1 },
    'foreign objects': { map: new Map([[1, 2]]), bytes: new Uint8Array(1e6), date: new Date(NaN), pattern: /x/ },
    long: { text: 'x'.repeat(1e6), list: Array.from({ length: 1e5 }, () => 'y'.repeat(100)) },
    keys: Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`${'k'.repeat(500)}${i}`, 'v'.repeat(500)])),
    proto: JSON.parse('{"__proto__": {"polluted": true}}') as object,
    'no object': 3 as never,
  };
}

test('hostile fields become plain, bounded ones, and nothing is thrown', () => {
  const { logging, records } = startLogging();
  const log = logging.createLogger('a');
  const hostile = hostileFields();
  for (const [name, fields] of Object.entries(hostile)) log.info(name, fields);
  for (const fields of Object.values(hostile)) log.with(fields).info(fields);
  assert.equal(records.length, 2 * Object.keys(hostile).length);
  for (const record of records) {
    const json = JSON.stringify(record);
    assert.deepEqual(JSON.parse(json), {
      ...record,
      ...(record.data && { data: JSON.parse(JSON.stringify(record.data)) }),
    });
    assert.ok(json.length < 15_000, `${record.text}: ${json.length}`);
    assert.ok(record.text.length <= limits.message);
  }
  const dataOf = (name: string) => records.find(({ text }) => text === name)?.data;
  assert.deepEqual(dataOf('cycle'), { name: 'cycle', self: { name: 'cycle', self: 'Cycle' } });
  assert.deepEqual(dataOf('revoked'), { fields: 'Proxy' });
  assert.deepEqual(dataOf('revoked inside'), { inside: 'Proxy' });
  assert.deepEqual(dataOf('getter'), { kept: 1, bad: undefined });
  assert.equal(dataOf('primitives')?.['big'], '12');
  assert.equal(dataOf('no object')?.['fields'], 3);
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
});

test('names and messages that are no text are described', () => {
  const { logging, records } = startLogging();
  logging.createLogger(Symbol('odd') as never).info({ a: 1 });
  logging.createLogger('x'.repeat(1e5)).info(undefined);
  const shown = records.map(({ logger, text }) => [logger.slice(0, 20), logger.length, text]);
  assert.deepEqual(shown, [
    ['Symbol(odd)', 11, '{"a":1}'],
    ['x'.repeat(20), limits.label, 'undefined'],
  ]);
});

test('a threshold that is none is not taken', () => {
  const { logging, records } = startLogging('info');
  const log: Logger = logging.createLogger('a');
  logging.setThreshold('', 'loud' as never);
  logging.setThreshold('', { wire: 'toString' as never });
  log.debug('quiet');
  log.info('heard');
  assert.deepEqual(textsOf(records), ['heard']);
});
