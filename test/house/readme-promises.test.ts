import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { startText } from '../../src/cli/start-text.ts';
import { scriptTag } from '../../src/viewer/lib/snippets.ts';

const readme = readFileSync('README.md', 'utf8');

/** First cells of the table below a heading. */
function firstCells(heading: string): string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
}

test('the README prints the size that the script has', () => {
  const bytes = brotliCompressSync(readFileSync('dist/pagefault.js')).length;
  const [, printed] = /\*\*([\d,]+) bytes\*\* \(brotli\)/.exec(readme) ?? [];
  assert.equal(printed, bytes.toLocaleString('en'));
});

test('the script tag is the same in the README, the viewer and the terminal', () => {
  const url = 'http://127.0.0.1:7377';
  const started = { version: '', url, endpoint: `${url}/in/KEY`, dataDir: '', viewerToken: '' };
  const [first, ...others] = [readme, scriptTag(url, 'KEY'), startText(started)].map((text) => {
    const [, attributes = ''] = /<script\s+([^>]*?)\s*><\/script>/.exec(text) ?? [];
    return attributes.split(/\s+/).filter((attribute) => !attribute.startsWith('data-release='));
  });
  assert.equal(first?.length, 2);
  assert.deepEqual(others, [first, first]);
});

test("the README's table has the options that init takes, in their order", () => {
  const source = readFileSync('src/client/options.ts', 'utf8');
  const [, body = ''] = /export interface Options \{\n([^]*?)\n\}/.exec(source) ?? [];
  const options = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
  assert.deepEqual(firstCells('Options'), options);
});

test('what the README links to is there', () => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target);
  assert.ok(targets.length > 1);
  assert.deepEqual(
    targets.filter((target) => !existsSync(target)),
    [],
  );
});

test("the README's picture is small enough to load with it", () => {
  assert.ok(statSync('demo/screenshot.png').size < 300_000);
});
