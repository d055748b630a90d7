import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseStack } from '../../src/client/stack.ts';
import { limits } from '../../src/protocol/limits.ts';
import { fromEngineFrame } from '../../src/protocol/parse/engine-frame.ts';
import { createRandom } from '../helpers/random.ts';
import { notOutOfHand } from '../helpers/not-out-of-hand.ts';

interface Caught {
  name?: string;
  message: string;
  stack?: string;
}
const readFixture = (name: string) => JSON.parse(readFileSync(`test/fixtures/stacks/${name}.json`, 'utf8')) as unknown;

/** What the page reads of a stack, as the collector understands it. */
const framesOf = ({ stack, message }: Caught) =>
  parseStack(stack, message)
    .map(fromEngineFrame)
    .filter((frame) => frame.function ?? frame.filename);

/** The place of the top frame as `function file:line`, without what engines add to a name. */
function topPlace(caught: Caught): string {
  const [frame = {}] = framesOf(caught);
  const name = (frame.function ?? '').replace(/^(Object|Thing|get|set)[. ]/, '');
  const file = (frame.filename ?? '').replace('https://shop.example/', '').replace(/[\da-f-]{36}$/, '<id>');
  return `${name} ${file.slice(0, 50)}:${frame.lineno ?? ''}`;
}

const data = 'data:text/javascript,%2F*xxxxxxxxxxxxxxxxxxxxxxxxx';
// By form: the same for all engines, or one for each.
const places: Record<string, string | Record<string, string>> = {
  named: 'named throwing.js:13',
  anonymous: ' throwing.js:41',
  private: '#secret throwing.js:17',
  getter: 'value throwing.js:23',
  setter: 'value throwing.js:26',
  constructor: 'Thing throwing.js:29',
  static: 'make throwing.js:32',
  iterator: {
    chromium: '[Symbol.iterator] throwing.js:35',
    firefox: '[Symbol.iterator] throwing.js:35',
    webkit: ' throwing.js:35',
  },
  native: 'named throwing.js:13',
  // WebKit does not say where code from a text was.
  eval: { chromium: 'inEval throwing.js:50', firefox: 'inEval throwing.js:50', webkit: 'inEval :' },
  'nested-eval': { chromium: 'deep throwing.js:51', firefox: 'deep throwing.js:51', webkit: 'deep :' },
  function: { chromium: 'eval throwing.js:52', firefox: 'anonymous throwing.js:52', webkit: 'anonymous :' },
  'multi-line': ' throwing.js:54',
  'one-letter': ' throwing.js:57',
  empty: ' throwing.js:60',
  stale: ' throwing.js:63',
  // A constructor that nobody wrote is a frame in Firefox and WebKit.
  subclass: {
    chromium: ' throwing.js:69',
    firefox: 'PaymentError throwing.js:68',
    webkit: 'PaymentError :',
  },
  alias: 'named throwing.js:13',
  computed: 'named throwing.js:13',
  'odd-name': 'say "hi" (now) throwing.js:80',
  recursion: { chromium: 'again throwing.js:85', firefox: 'again throwing.js:86', webkit: 'again throwing.js:86' },
  syntax: ' throwing.js:88',
  dom: ' throwing.js:89',
  wasm: { chromium: ' wasm://wasm/e30a2672:1', firefox: ' throwing.js:93', webkit: ' throwing.js:93' },
  async: 'later throwing.js:98',
  'promise-all': 'later throwing.js:98',
  timer: 'named throwing.js:13',
  listener: 'named throwing.js:13',
  // An inline script that a script has made: Chromium does not say of which page.
  inline: { chromium: ' throwing.js:109', firefox: ' :109', webkit: ' :1' },
  'odd-url': {
    chromium: ' path%20with/(group)/@scope/plain.js?v=1:1',
    firefox: ' path%20with/(group)/@scope/plain.js?v=1:1',
    webkit: ' path%20with/(group)/@scope/plain.js:1',
  },
  module: ' module.js:1',
  blob: ' blob:<id>:1',
  data: ` ${data.slice(0, 50)}:1`,
  // Code from a text that names itself: WebKit does not say it.
  'source-url': { chromium: 'made parts/cart.js:1', firefox: 'made parts/cart.js:1', webkit: 'made :' },
  webpack: {
    chromium: 'made webpack-internal:///./node_modules/@scope/pkg/inde:1',
    firefox: 'made webpack-internal:///./node_modules/@scope/pkg/inde:1',
    webkit: 'made :',
  },
  query: {
    chromium: ' plain.js?at=12:30&to=a@b.example:1',
    firefox: ' plain.js?at=12:30&to=a@b.example:1',
    webkit: ' plain.js:1',
  },
  'static-block': ' throwing.js:141',
  'url-name': 'https://x.example/a.js:1:2 (x) throwing.js:148',
};

for (const engine of ['chromium', 'firefox', 'webkit']) {
  const { caught } = readFixture(engine) as { caught: Record<string, Caught> };
  test(`finds the place of an error thrown in every form (${engine})`, () => {
    const found = Object.fromEntries(Object.entries(caught).map(([form, error]) => [form, topPlace(error)]));
    const wanted = Object.entries(places).map(([form, place]) => [
      form,
      typeof place === 'string' ? place : place[engine],
    ]);
    assert.deepEqual(found, Object.fromEntries(wanted));
  });

  test(`names no engine's own code, and who waits only where the engine tells (${engine})`, () => {
    for (const each of Object.values(caught)) {
      for (const frame of framesOf(each)) {
        assert.ok(frame.function || frame.filename);
        assert.doesNotMatch(`${frame.function}@${frame.filename}`, /native code|<anonymous>$|global code|module code/);
        if (engine !== 'chromium') assert.doesNotMatch(frame.function ?? '', /^async/);
      }
    }
  });
}

// Opera before 15 had a stack of its own kind and Internet Explorer 9 none: nobody has them any more.
const withoutFrames = /^(OPERA_(8|9|10)|IE_9)/;
// Quotes are hidden from the parser, which is exponential on them; so it takes this @ for the end of the name.
const withoutPlace = /FUNCTION_NAME_WITH_AT_SIGN/;

test('reads the stacks of browsers from 2008 to 2017', () => {
  for (const [browser, caught] of Object.entries(readFixture('older-browsers') as Record<string, Caught>)) {
    const frames = framesOf(caught);
    if (withoutFrames.test(browser)) {
      assert.deepEqual(frames, [], browser);
    } else if (!withoutPlace.test(browser)) {
      assert.ok(frames.length >= 2, browser);
      assert.ok(
        frames.every((frame) => Number.isInteger(frame.lineno)),
        browser,
      );
      const hasFiles =
        browser === 'EDGE_20_NESTED_EVAL' || /^(https?:\/\/|file:|\/var)/.test(frames[0]?.filename ?? '');
      assert.ok(hasFiles, `${browser} ${frames[0]?.filename}`);
    }
  }
});

test('a message alone is no frame', () => {
  for (const stack of ['Error: boom', 'TypeError: no user a.b@example.com', 'Error', '', 'boom\n\n']) {
    assert.deepEqual(parseStack(stack, stack.replace(/^\w+: /, '')), [], stack);
  }
});

test('what is no text has no frames', () => {
  for (const stack of [undefined, null, 7, {}, [], Symbol('stack')]) assert.deepEqual(parseStack(stack, 'boom'), []);
});

test('takes bounded time for stacks made to be slow', () => {
  const lines = [
    '"'.repeat(500),
    `@${'"'.repeat(498)}`,
    `at ${' (a [as b]'.repeat(50)} (https://x.example/a.js:1:1)`,
    `at ${' (a [as b]'.repeat(50)}`,
    `at ${':1'.repeat(240)}`,
    `at ${'('.repeat(480)}:1:1)`,
    `    at eval (eval at ${'(eval at '.repeat(50)}:1:1)`,
    `${'a'.repeat(400)}@${' line 1 > eval'.repeat(20)}:1:1`,
    ' '.repeat(500),
    'x'.repeat(40_000),
  ];
  for (const line of lines) {
    const stack = `Error: boom\n${`${line}\n`.repeat(200)}`;
    notOutOfHand(line.slice(0, 30), () =>
      assert.ok(framesOf({ stack, message: 'boom' }).length <= limits.framesPerStack),
    );
  }
});

test('never throws, whatever the stack', () => {
  const random = createRandom(2);
  const corpus = ['chromium', 'firefox', 'webkit'].flatMap((engine) =>
    Object.values((readFixture(engine) as { caught: Record<string, Caught> }).caught),
  );
  const pieces = [
    ' (',
    ')',
    '@',
    ':',
    '\n',
    '"',
    ' line 1 > eval',
    'eval at ',
    '[as ',
    ':1:2',
    '\ud800',
    '%28',
    'async*',
    '0x1',
  ];
  for (let i = 0; i < 5_000; i++) {
    let { stack = '', message } = random.pick(corpus);
    for (let edits = random.below(8); edits >= 0; edits--) {
      const at = random.below(stack.length + 1);
      stack = stack.slice(0, at) + random.pick(pieces) + stack.slice(at + random.below(6));
    }
    if (random.below(3) === 0) message = stack.slice(0, random.below(30));
    for (const frame of framesOf({ stack, message })) {
      assert.ok((frame.function?.length ?? 0) <= limits.label);
      assert.ok((frame.filename?.length ?? 0) <= limits.stackLine);
    }
  }
});
