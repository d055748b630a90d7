import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShownFrame } from '../../../src/protocol/api.ts';
import { anchorOf, recursiveAnchor } from '../../../src/server/group/anchor.ts';

/** A frame that a map resolved; `before` are the lines above. */
function frame(name: string, file: string, line: string, before: string[] = [], raw = name): ShownFrame {
  const inApp = !file.startsWith('node_modules/');
  return {
    function: name,
    filename: file,
    lineno: 1,
    inApp,
    source: { before, line, after: [] },
    raw: { function: raw },
  };
}

const total = frame('Cart.total', 'src/cart.ts', '    return line.price;');
const pay = frame('pay', 'src/pay.ts', '  invariant(user, "No user");');
const placeOf = (...frames: ShownFrame[]) => anchorOf(frames).place?.function;

test('the first line of the site answers for an error', () => {
  assert.deepEqual(anchorOf([total, pay]).place, {
    file: 'src/cart.ts',
    function: 'Cart.total',
    line: 'returnline.price;',
  });
});

test('a package answers for nothing: its caller does', () => {
  const inPackage = frame('parse', 'node_modules/tool/index.js', 'throw new Error("bad")');
  const { place, through } = anchorOf([inPackage, pay]);
  assert.equal(place?.function, 'pay');
  assert.equal(through?.function, 'parse');
});

test('who throws for others is known by name, by types, or by throwing what it is told', () => {
  const throwers = [
    frame('invariant', 'src/check.ts', 'throw new Error(text);'),
    frame('assertUser', 'src/check.ts', 'throw new Error("no user");'),
    frame('Guard.unwrap', 'src/check.ts', 'throw new Error("nothing");'),
    frame('stop', 'src/check.ts', "  throw new StopError('s');", ['function stop(): never {']),
    frame('isSet', 'src/check.ts', "  throw new Error('unset');", [
      'function isSet(v: unknown): asserts v {',
      '  if (!v)',
    ]),
    frame('report', 'src/check.ts', "  throw new AppError('code', message);", [
      'const report = (message: string) => {',
    ]),
    frame('notFound', 'src/check.ts', '  return new NotFoundError(kind, id);', ['function notFound(kind, id) {']),
    frame('money', 'src/utils/format.ts', 'return value.toFixed(2);'),
  ];
  for (const thrower of throwers) assert.equal(placeOf(thrower, pay), 'pay', thrower.function);
});

test('a rule of the business that throws is a place like any other', () => {
  const rule = frame('checkout', 'src/checkout.ts', "  throw new Error('The cart is empty');", [
    'function checkout(cart: Cart) {',
  ]);
  assert.equal(placeOf(rule, pay), 'checkout');
  const must = frame('mustache', 'src/mustache.ts', 'return text.trim();');
  assert.equal(placeOf(must, pay), 'mustache');
});

test('constructors of error classes, which Chrome leaves out of the stack, are passed by', () => {
  const made = frame('new PaymentError', 'src/errors.ts', '    super(message);');
  assert.equal(placeOf(made, total), 'Cart.total');
});

test('who awaits a helper does not count, for only one engine tells', () => {
  const helper = frame('getText', 'src/shared/http.ts', 'throw new HttpError(path);');
  const waits = frame('loadOrder', 'src/order.ts', 'const text = await getText(path);', [], 'async e');
  assert.equal(placeOf(helper, waits), undefined);
  assert.equal(anchorOf([helper, waits]).through?.function, 'getText');
});

test('endless recursion has one place, wherever the stack was full', () => {
  const even = frame('isEven', 'src/tree.ts', 'return isOdd(n - 1);');
  const odd = frame('isOdd', 'src/tree.ts', 'return isEven(n - 1);');
  const [a, b] = [recursiveAnchor([even, odd, even, odd]), recursiveAnchor([odd, even, odd, even])];
  assert.deepEqual(a.place, b.place);
  assert.equal(a.place?.line, '');
});

test('a class of errors is passed by whatever it is called, and so are those it extends', () => {
  const base = frame('new AppError', 'src/errors.ts', '    super(message, options);');
  const made = frame('new NotReady', 'src/errors.ts', "    super('NOT_READY', `${what} is not ready`);");
  const start = frame('Feed.start', 'src/feed.ts', "    if (!this.posts) throw new NotReady('Feed');");
  assert.equal(placeOf(base, made, start, pay), 'Feed.start');
  const opened = frame('openFeed', 'src/feed.ts', '  return new Feed(options);');
  const constructor = frame('new Feed', 'src/feed.ts', '    this.size = options.size.width;');
  assert.equal(placeOf(constructor, opened), 'new Feed', 'other constructors answer for themselves');
});

test('a name alone makes nobody throw for others: it must throw, and not be private to a class', () => {
  const fail = frame('Uploader.fail', 'src/upload.ts', "    this.emit('error', reason);");
  assert.equal(placeOf(fail, pay), 'Uploader.fail');
  const check = frame('Store.#check', 'src/store.ts', '    if (!post) throw new Error(`Post ${id} is missing`);');
  assert.equal(placeOf(check, pay), 'Store.#check');
});

test('functions that the build has added, which a map leads to a closing bracket, are passed by', () => {
  const added = frame('assertNever', 'src/errors.ts', '}');
  assert.equal(placeOf(added, added, total, pay), 'Cart.total');
  assert.equal(placeOf(added), 'assertNever');
});
