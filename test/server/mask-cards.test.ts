import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scrub, scrubUrls } from '../../src/server/scrub.ts';
import { clientEvent } from '../helpers/client-event.ts';

/** The numbers that payment services publish for trying out. */
const published =
  '4242424242424242 5555555555554444 2223003122003222 378282246310005 6011111111111117 30569309025904 3530111333300000 6200000000000005 4000-0566-5566-5556 6011-0009-9013-9424 3714-496353-98431';

test('numbers of cards are masked in texts, as one or in groups', () => {
  for (const number of published.split(' ')) {
    assert.equal(scrubUrls(`card ${number} was refused.`), 'card [masked] was refused.', number);
    const spaced = number.replaceAll('-', ' ');
    assert.equal(scrubUrls(`GET /pay/${spaced}/now`), 'GET /pay/[masked]/now', spaced);
  }
  const { extra } = scrub(
    clientEvent({ extra: { form: { first: 4242424242424242, second: ['4242 4242 4242 4242'] } } }),
  );
  assert.deepEqual(extra, { form: { first: '[masked]', second: ['[masked]'] } });
});

test('other long numbers stay: times, numbers whose last digit does not fit, parts of ids', () => {
  for (const text of [
    'order 1700000000000',
    'at 1795323897837 ms',
    'item 4242424242424241',
    'card 4242 4242 4242 4241',
    'file 550e8400-e29b-41d4-a716-446655440000',
    'chunk-4242424242424242.js',
    'v4.4242424242424242',
    'x4242424242424242',
    'tel +49 30 5693 0902 5904',
    'sizes 4242 4242 4242',
  ])
    assert.equal(scrubUrls(text), text);
  const { extra } = scrub(clientEvent({ extra: { at: 1795323897837, big: 1e21 } }));
  assert.deepEqual(extra, { at: 1795323897837, big: 1e21 });
});

test('keys of well-known services are masked wherever they stand; hashes and ids stay', () => {
  const rest = 'Zx9'.repeat(12);
  for (const prefix of ['sk_live_', 'rk_test_', 'ghp_', 'github_pat_', 'glpat-', 'xoxb-', 'AKIA', 'AIza', 'npm_'])
    assert.equal(scrubUrls(`key ${prefix}${rest} is wrong`), 'key [masked] is wrong', prefix);
  for (const text of ['AKIA', 'npm_config_user_agent', `task_live_${rest}`, `index-${rest}.js`, rest])
    assert.equal(scrubUrls(text), text);
});
