import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf, hrefOf } from '../../src/viewer/lib/issue-filter.ts';
import { safeNext, safeUrl } from '../../src/viewer/lib/safe-url.ts';
import { npmSnippet, scriptTag } from '../../src/viewer/lib/snippets.ts';

test('only http and https URLs out of events become links', () => {
  assert.equal(safeUrl('https://shop.example/a?b#c'), 'https://shop.example/a?b#c');
  for (const text of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://a.example/1',
    'https://',
    '/cart',
    '',
  ]) {
    assert.equal(safeUrl(text), undefined, text);
  }
});

test('signing in leads to a page of the viewer, whatever the address says', () => {
  const origin = 'https://errors.example';
  assert.equal(safeNext('/issues/3?event=a#b', origin), '/issues/3?event=a#b');
  for (const next of [
    undefined,
    '',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '/sign-in?next=/',
  ]) {
    assert.equal(safeNext(next, origin), '/', next);
  }
});

test('the state of the list is in its address and comes back from it', () => {
  const address = '/issues?project=2&query=cart+%22a+b%22&status=all&sort=users';
  const query = Object.fromEntries(new URL(address, 'https://a.example').searchParams);
  assert.equal(hrefOf(filterOf(query)), address);
  assert.equal(hrefOf(filterOf({ status: 'nonsense', sort: 'nonsense' })), '/issues');
});

test('snippets carry the endpoint of the project', () => {
  assert.match(scriptTag('https://errors.example', 'k1'), /data-endpoint="https:\/\/errors\.example\/in\/k1"/);
  assert.match(npmSnippet('https://errors.example', 'k1'), /endpoint: "https:\/\/errors\.example\/in\/k1"/);
});
