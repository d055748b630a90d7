import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFilter } from '../../src/client/filter.ts';
import type { Options } from '../../src/client/options.ts';
import type { Event } from '../../src/protocol/event.ts';
import { clientEvent } from '../helpers/client-event.ts';

/** The page's root. */
const root = { className: '' };
Object.assign(globalThis, { document: { documentElement: root } });

const judge = (event: Event, options: Partial<Options> = {}) => {
  const result = createFilter({ endpoint: 'https://errors.example/in/KEY', ...options })(event);
  return typeof result === 'string' ? result : 'kept';
};
const thrownBy = (filename: string) => clientEvent({}, { frames: [{ function: 'native' }, { filename }] });

test('drops what browser extensions throw, and keeps what the page throws', () => {
  for (const scheme of ['chrome-extension', 'moz-extension', 'safari-web-extension', 'safari-extension']) {
    assert.equal(judge(thrownBy(`${scheme}://abcdef/content.js`)), 'extension');
  }
  assert.equal(judge(thrownBy('webkit-masked-url://hidden/')), 'extension');
  assert.equal(judge(thrownBy('https://shop.example/extension.js')), 'kept');
  const below = [{ filename: 'https://shop.example/a.js' }, { filename: 'chrome-extension://abcdef/inject.js' }];
  assert.equal(judge(clientEvent({}, { frames: below })), 'kept');
});

test('drops the ResizeObserver loop, aborted requests and the link scanner’s rejections', () => {
  const loop = 'ResizeObserver loop completed with undelivered notifications.';
  assert.equal(judge(clientEvent({}, { value: loop, frames: [] })), 'resize-observer');
  const aborted = { method: 'GET', url: 'https://shop.example/', failure: 'aborted' as const };
  assert.equal(judge(clientEvent({ mechanism: 'request', request: aborted })), 'aborted');
  assert.equal(judge(clientEvent({ mechanism: 'onunhandledrejection' }, { type: 'AbortError' })), 'aborted');
  assert.equal(judge(clientEvent({ mechanism: 'exception' }, { type: 'AbortError' })), 'kept');
  const scanner = 'Object Not Found Matching Id:2, MethodName:update, ParamCount:4';
  assert.equal(judge(clientEvent({}, { type: 'string', value: scanner })), 'object-not-found');
});

test('keeps what only reads like noise', () => {
  for (const value of ['The payment was aborted', 'order aborted', 'Upload blocked file-extension .exe']) {
    assert.equal(judge(clientEvent({}, { value })), 'kept', value);
  }
  for (const message of ['order aborted', 'file-extension .exe is not allowed']) {
    assert.equal(judge({ ...clientEvent({ mechanism: 'message', message }), exceptions: [] }), 'kept', message);
  }
  root.className = 'no-extension dark';
  assert.equal(judge(clientEvent()), 'kept');
  root.className = '';
  // Browsers say of addresses that are not of the web only the scheme.
  const blocked = { type: 'PolicyError', value: 'script-src-elem blocked chrome-extension' };
  assert.equal(judge(clientEvent({ mechanism: 'csp' }, blocked)), 'extension');
});

test('drops what blockers keep from loading, and what a translated page does not find', () => {
  const blocked = { method: 'GET', url: 'https://www.googletagmanager.com/gtm.js?id=1', failure: 'network' as const };
  assert.equal(judge(clientEvent({ mechanism: 'resource', request: blocked })), 'ad-blocker');
  assert.equal(judge(clientEvent({ mechanism: 'request', request: { ...blocked, failure: 'http' } })), 'kept');
  const own = { ...blocked, url: 'https://shop.example/gtm.js' };
  assert.equal(judge(clientEvent({ mechanism: 'resource', request: own })), 'kept');

  const value = "Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.";
  const gone = clientEvent({}, { type: 'NotFoundError', value });
  assert.equal(judge(gone), 'kept');
  // As Google's translator leaves it.
  root.className = 'no-js translated-ltr';
  assert.equal(judge(gone), 'translation');
  assert.equal(judge(clientEvent()), 'kept');
  root.className = '';
});

test('keeps what a rule would drop once that rule is switched off', () => {
  const event = thrownBy('moz-extension://abcdef/content.js');
  assert.equal(judge(event, { noise: { extension: false } }), 'kept');
  assert.equal(judge(event, { noise: { aborted: false } }), 'extension');
});

test('ignores by text and by pattern: message, script, URL of the request', () => {
  assert.equal(judge(clientEvent(), { ignore: ['Error: bo'] }), 'ignore');
  assert.equal(judge(clientEvent(), { ignore: [/^Error: boom$/g] }), 'ignore');
  assert.equal(judge(clientEvent(), { ignore: [/shop\.js$/] }), 'ignore');
  const request = { method: 'GET', url: 'https://ads.example/pixel', failure: 'network' as const };
  assert.equal(judge(clientEvent({ request }), { ignore: ['ads.example'] }), 'ignore');
  assert.equal(judge(clientEvent(), { ignore: ['other'] }), 'kept');
});

test('samples by rate', () => {
  assert.equal(judge(clientEvent(), { sampleRate: 0 }), 'sample-rate');
  assert.equal(judge(clientEvent(), { sampleRate: 1 }), 'kept');
});
