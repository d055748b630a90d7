import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, Exception, Frame } from '../../src/protocol/event.ts';
import { createParseEvent } from '../../src/server/store/parse-event.ts';

const frame = (name: string): Frame => ({ function: name, filename: 'https://shop.example/a.js', lineno: 1, colno: 2 });
const exception = (...frames: Frame[]): Exception => ({ type: 'TypeError', value: 'x is not a function', frames });

const event = (exceptions: Exception[], more: Partial<Event> = {}): Event => ({
  ...more,
  id: 'a-random-id-of-a-page',
  at: 1_795_301_111_691,
  level: 'error',
  mechanism: 'onerror',
  handled: false,
  exceptions,
  breadcrumbs: [],
  count: 1,
});

const bytesOf = (value: Event) => new Uint8Array(Buffer.from(JSON.stringify(value)));

test('an event is the same whether its stack was seen before or not', () => {
  const parse = createParseEvent();
  const names = ['pay', 'a[0]', '{}]', '}],"type":"x', '"frames":[{', 'Ω ñ 🙂', ']}', '\\', '"'];
  const events = [
    ...names.map((name) => event([exception(frame(name), frame('checkout'))])),
    event([exception(frame('pay'), frame('checkout')), { ...exception(frame('load')), parent: 0, relation: 'cause' }]),
    event([exception(), exception(frame('pay'))]),
    event([exception()]),
    event([], { message: 'by hand' }),
    event([exception(frame('pay'))], { extra: { frames: [{ a: 1 }], exceptions: [{ frames: [{}] }] } }),
    event([exception(frame('pay'))], { extra: { frames: 0 } }),
    {
      ...event([exception(frame('pay'))]),
      breadcrumbs: [{ at: 1, kind: 'log', text: '"frames":[{', data: { frames: [{}] } }],
    },
  ] satisfies Event[];
  for (const round of [1, 2, 3]) {
    for (const each of events) assert.deepEqual(parse(bytesOf(each)), each, `round ${round}`);
  }
});

test('events with the same stack share one list of frames, and others do not', () => {
  const parse = createParseEvent();
  const framesOf = (...names: string[]) =>
    parse(bytesOf(event([exception(...names.map(frame))]))).exceptions[0]?.frames;
  const first = framesOf('pay', 'checkout');
  assert.equal(framesOf('pay', 'checkout'), first);
  assert.notEqual(framesOf('pay', 'checkin'), first);
  assert.notEqual(framesOf('pay'), first);
});

test('more stacks than are remembered are read as well', () => {
  const parse = createParseEvent();
  for (const round of [1, 2]) {
    for (let bug = 0; bug < 5_000; bug++) {
      const name = `bug ${bug}`;
      assert.equal(
        parse(bytesOf(event([exception(frame(name))]))).exceptions[0]?.frames[0]?.function,
        name,
        `${round}`,
      );
    }
  }
});

test('a damaged event is not taken for another one', () => {
  const parse = createParseEvent();
  const whole = bytesOf(event([exception(frame('pay'))]));
  parse(whole);
  for (let length = 1; length < whole.length; length++) assert.throws(() => parse(whole.slice(0, length)), SyntaxError);
});
