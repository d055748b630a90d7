import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);

/** `file:line` of the tracked lines that match. */
function linesWith(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(file, 'latin1')
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}`] : [])),
  );
}

test('no tracked file names a folder of one machine', () => {
  assert.deepEqual(linesWith(/(^|[\s"'`=(:])\/(home|root|Users|work|tmp|var\/tmp)\/[\w.-]/), []);
});

test('no tracked file names the host of a package registry', () => {
  assert.deepEqual(linesWith(/registry\.(npmjs|yarnpkg)|npm\.pkg\.github/), []);
});

test('the lock file says what to install, not from where', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined);
  assert.deepEqual(resolved, []);
});

test('the lock file has every package that another may ask for', () => {
  interface Entry {
    optionalDependencies?: Record<string, string>;
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  assert.deepEqual(missing, [], '`npm ci` would refuse the lock file');
});
