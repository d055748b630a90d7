import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseUpload } from '../../src/cli/parse-upload.ts';
import { startCollector } from '../helpers/collector.ts';

/** Runs the command from its sources, as a person would. */
function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } };
    execFile(process.execPath, ['src/cli/bin.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test('uploads the maps of a folder, and says in one line how it went', async (t) => {
  const collector = await startCollector();
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-upload-'));
  t.after(async () => {
    await collector.close();
    await rm(folder, { recursive: true, force: true });
  });
  await writeFile(join(folder, 'app.js'), 'a();\n//# sourceMappingURL=app.js.map\n');
  await writeFile(
    join(folder, 'app.js.map'),
    '{"version":3,"sources":["a.js"],"sourcesContent":["a()"],"mappings":"AAAA"}',
  );
  const env = { PAGEFAULT_URL: collector.url, PAGEFAULT_TOKEN: collector.token };
  const { code, stdout, stderr } = await run(['sourcemaps', 'upload', folder, '--release', '1.4.2'], env);
  assert.equal(stderr, '');
  assert.match(stdout, /^1 source map of release 1\.4\.2 is in http:\/\/127\.0\.0\.1:\d+, 1 kB in \d\.\d s\n$/);
  assert.equal(code, 0);
  const wrong = await run(['sourcemaps', 'upload', folder], { ...env, PAGEFAULT_TOKEN: 'wrong' });
  assert.deepEqual([wrong.code, wrong.stderr], [1, 'pagefault: the collector does not know this token\n']);
  const none = await run(['sourcemaps', 'upload', join(folder, 'nowhere')], env);
  assert.match(none.stderr, /^pagefault: there is no folder .*nowhere\n$/);
});

test('takes flags before the environment, and says what is missing', () => {
  const environment = { PAGEFAULT_URL: 'https://a.example', PAGEFAULT_TOKEN: 't', PAGEFAULT_RELEASE: '1' };
  assert.deepEqual(parseUpload(['upload', 'dist'], environment), {
    folder: 'dist',
    url: 'https://a.example',
    token: 't',
    release: '1',
  });
  assert.deepEqual(parseUpload(['upload', 'dist', '--release', '2', '--url=https://b.example'], environment), {
    folder: 'dist',
    url: 'https://b.example',
    token: 't',
    release: '2',
  });
  for (const [args, message] of [
    [[], /of sourcemaps there is only "sourcemaps upload"/],
    [['upload'], /which folder/],
    [['upload', 'a', 'b'], /"b" is too much/],
    [['upload', 'a', '--relase', '1'], /relase/],
  ] as [string[], RegExp][]) {
    assert.throws(() => parseUpload(args, environment), message);
  }
  assert.throws(() => parseUpload(['upload', 'a'], {}), /--url or PAGEFAULT_URL/);
  assert.throws(() => parseUpload(['upload', 'a'], { PAGEFAULT_URL: 'https://a.example' }), /PAGEFAULT_TOKEN/);
});
