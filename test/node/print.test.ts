import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createNodeLogging } from '../../src/node/node-logging.ts';
import { levels } from '../../src/protocol/event.ts';
import { createOutput } from './output.ts';

function print(isTTY: boolean, env: NodeJS.ProcessEnv = {}): string {
  const output = createOutput(isTTY);
  const log = createNodeLogging(output, env).createLogger('checkout.payment');
  log.warning('Card refused', { attempt: 2, card: { kind: 'visa' } });
  return output.text;
}

const escape = String.fromCharCode(27);
const line =
  /^\d\d:\d\d:\d\d\.\d{3} warning {2}checkout\.payment Card refused \{ attempt: 2, card: \{ kind: 'visa' \} \}\n$/;

test('a record is one plain line where the output is no terminal', () => assert.match(print(false), line));

test('a terminal has colours, of the same words; NO_COLOR and FORCE_COLOR are obeyed', () => {
  assert.ok(print(true).includes(`${escape}[33mwarning`));
  assert.match(stripVTControlCharacters(print(true)), line);
  assert.match(print(true, { NO_COLOR: '1' }), line);
  assert.match(print(true, { TERM: 'dumb' }), line);
  assert.ok(print(false, { FORCE_COLOR: '1' }).includes(`${escape}[33mwarning`));
  assert.match(print(true, { FORCE_COLOR: '0' }), line);
});

test('each level has its own look', () => {
  const output = createOutput(true);
  const log = createNodeLogging(output, {}).createLogger('a');
  for (const level of levels.slice(1)) log[level]('x');
  // Of each line: the time, the codes before the level, the level.
  const looks = output.text
    .split('\n')
    .flatMap((each) => each.split(/ |(?=debug|info|notice|warning|error|critical)/)[1] ?? []);
  assert.equal(new Set(looks).size, levels.length - 1);
});

test('an error among the fields shows its stack below the line', () => {
  const output = createOutput();
  createNodeLogging(output, {})
    .createLogger('')
    .error('Failed', { order: 7, error: new RangeError('too much') });
  const [first, second, third] = output.text.split('\n');
  assert.match(String(first), /error {4}Failed \{ order: 7 \}$/);
  assert.equal(second, '    RangeError: too much');
  assert.match(String(third), /^ {8}at .*print\.test/);
});

test('what a user typed cannot move the cursor, colour the screen or begin a line', () => {
  const output = createOutput(true);
  const hostile = '\u001b[2J\u009b31m\r\n00:00:00.000 critical\u202e';
  const error = Object.assign(new Error(hostile), { stack: hostile });
  const log = createNodeLogging(output, { NO_COLOR: '1' }).createLogger(hostile);
  log.info(hostile, { [hostile]: hostile, error });
  assert.equal(output.text.replaceAll('\n', '').match(/\p{Cc}|\u202e/gu), null);
  assert.deepEqual(
    output.text.split('\n').filter((each) => each.startsWith('00:00')),
    [],
  );
});
