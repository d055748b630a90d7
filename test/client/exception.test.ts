import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { toExceptions } from '../../src/client/exception.ts';
import { limits } from '../../src/protocol/limits.ts';

const describe = (thrown: unknown) =>
  toExceptions(thrown).map(({ type, value, parent, relation }) =>
    relation ? [type, value, parent, relation] : [type, value],
  );

const hostile = Object.create(null, {
  name: {
    get() {
      throw new Error('never seen');
    },
    enumerable: true,
  },
}) as object;
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
const cyclic: Record<string, unknown> = { a: 1 };
cyclic['self'] = cyclic;

test('describes every kind of thrown value', () => {
  assert.deepEqual(describe(new TypeError('no')), [['TypeError', 'no']]);
  assert.deepEqual(describe('text'), [['string', 'text']]);
  assert.deepEqual(describe(''), [['string', '']]);
  assert.deepEqual(describe(7), [['number', '7']]);
  assert.deepEqual(describe(10n), [['bigint', '10']]);
  assert.deepEqual(describe(NaN), [['number', 'NaN']]);
  assert.deepEqual(describe(null), [['null', 'null']]);
  assert.deepEqual(describe(undefined), [['undefined', 'undefined']]);
  assert.deepEqual(describe(Symbol('s')), [['symbol', 'Symbol(s)']]);
  assert.deepEqual(describe(true), [['boolean', 'true']]);
  assert.deepEqual(describe({ code: 5, items: [1, { b: 2 }] }), [['Object', '{"code":5,"items":[1,{"b":2}]}']]);
  assert.deepEqual(describe([1, 'a']), [['Array', '[1,"a"]']]);
  assert.deepEqual(
    describe(() => 1),
    [['function', 'function']],
  );
  assert.deepEqual(describe(new DOMException('gone', 'AbortError')), [['AbortError', 'gone']]);
  assert.deepEqual(describe(new Event('error')), [['Event', 'error on ']]);
});

test('names accessors of what is thrown, and runs none', () => {
  assert.deepEqual(describe(hostile), [['Object', '{"name":"(getter)"}']]);
  assert.equal(describe(proxy)[0]?.[0], 'Proxy');
  assert.match(String(describe(cyclic)[0]?.[1]), /^\{"a":1,"self":\{"a":1/);
  const error = new Error('x');
  for (const key of ['message', 'name', 'stack', 'cause']) {
    Object.defineProperty(error, key, {
      get() {
        throw new Error('never seen');
      },
    });
  }
  const [first] = describe(error);
  assert.deepEqual(first, ['(getter)', '(getter)']);
  class Declined extends Error {
    override get message() {
      return 'by the bank';
    }
  }
  assert.deepEqual(describe(new Declined()), [['Error', 'by the bank']]);
});

test('knows errors of other realms, frozen errors and error-like objects', () => {
  assert.deepEqual(describe(runInNewContext('new RangeError("far")')), [['RangeError', 'far']]);
  assert.deepEqual(describe(Object.freeze(new Error('ice'))), [['Error', 'ice']]);
  assert.deepEqual(describe({ name: 'HttpError', message: '404', stack: 'HttpError: 404' }), [['HttpError', '404']]);
});

test('follows causes and members, and cuts cycles', () => {
  const first = new Error('first');
  const second = new Error('second', { cause: first });
  first.cause = second;
  assert.deepEqual(describe(second), [
    ['Error', 'second'],
    ['Error', 'first', 0, 'cause'],
  ]);
  assert.deepEqual(describe(new AggregateError([new Error('a'), 'b'], 'all', { cause: 'why' })), [
    ['AggregateError', 'all'],
    ['string', 'why', 0, 'cause'],
    ['Error', 'a', 0, 'member'],
    ['string', 'b', 0, 'member'],
  ]);
});

test('keeps to the limits', () => {
  const many = new AggregateError(Array.from({ length: 100 }, (_, i) => new Error(`${i}`.repeat(9_000))));
  const list = toExceptions(many);
  assert.equal(list.length, limits.exceptionsPerEvent);
  assert.ok(list.every(({ value }) => value.length <= limits.message));
});

test('leaves the error as it was', () => {
  const error = Object.assign(new Error('same'), { extra: { a: 1 } });
  const before = Reflect.ownKeys(error).map((key) => Object.getOwnPropertyDescriptor(error, key));
  toExceptions(error);
  assert.deepEqual(
    Reflect.ownKeys(error).map((key) => Object.getOwnPropertyDescriptor(error, key)),
    before,
  );
});
