// Runs the tests: all of them, or those of the folders named (`npm test -- protocol server`).
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve as resolvePath } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { pathToFileURL } from 'node:url';

/** What fails soonest and says most comes first, what takes longest last; any other folder is between. */
const first = ['house', 'protocol', 'client', 'server', 'cli', 'package'];
const last = ['browser'];
const others = globSync('test/*/**/*.test.ts').map((file) => file.split(/[\\/]/)[1] ?? '');
const folders = [...new Set([...first, ...others.sort().filter((folder) => !last.includes(folder)), ...last])];

const cores = availableParallelism();

// Each file's process would strip the types of the whole server again.
process.env['NODE_COMPILE_CACHE'] ??= resolvePath('node_modules/.cache/compiled');

/** Many tests wait for something most of the time. */
const atOnce = cores + 2;

/** Of a process that runs test files. */
const timeoutMs = 1_200_000;

/**
 * Files of these share a process, and so their browsers or the server's modules: to start three browsers, or to load the
 * server, takes longer than many a file's tests.
 */
const sharingFolders = new Set(['browser', 'server']);

/** Processes that take the next file when they are done with one, the largest first. */
function toLanes(testFolder: string, files: string[], count: number): string[] {
  const folder = join(lanesFolder, testFolder);
  mkdirSync(folder);
  const bySize = files.toSorted((a, b) => statSync(b).size - statSync(a).size);
  const urlOf = (file: string) => pathToFileURL(resolvePath(file)).href;
  const code = `
    import { mkdirSync } from 'node:fs';
    import { join } from 'node:path';
    import { describe } from 'node:test';
    // What it ends with comes after the last file.
    import '${urlOf('test/helpers/browser.ts')}';
    const isFree = (file) => {
      try {
        mkdirSync(join(import.meta.dirname, file.replaceAll(/[^a-z-]+/gi, '_')));
        return true;
      } catch {
        return false;
      }
    };
    let running;
    for (const file of ${JSON.stringify(bySize.map((file) => relative('test', file)))}) {
      if (!isFree(file)) continue;
      // One is always in waiting: when there is none, the runner ends what is for all of them.
      const next = describe(file, () => import('${urlOf('test')}/' + file));
      await running;
      running = next;
    }
  `;
  return Array.from({ length: Math.min(files.length, count) }, (_, i) => {
    const entry = join(folder, `lane-${i + 1}.mjs`);
    writeFileSync(entry, code);
    return entry;
  });
}

interface Totals {
  passed: number;
  failed: number;
}

/** Runs test files, prints each test, and answers how many there were, and title and place of each that failed. */
function runFiles(files: string[]): Promise<{ byFile: Map<string, Totals>; failures: string[] }> {
  return new Promise((resolve) => {
    const byFile = new Map<string, Totals>();
    const failures: string[] = [];
    const stream = run({ files, concurrency: atOnce, timeout: timeoutMs });
    stream.on('test:fail', ({ name, file, line, details }) => {
      // A suite, which is a file, fails with its tests, or because it cannot be imported.
      if (details.type !== 'suite' || !/subtests? failed/.test(details.error.message))
        failures.push(`${name} (${file ? relative('', file) : '?'}:${line ?? 0})`);
    });
    stream.on('test:summary', ({ file, counts, success }) => {
      // The last one, of no file, is of all of them.
      if (file === undefined) return;
      const failed = counts.tests - counts.passed - counts.skipped - counts.todo;
      // A file that cannot be imported has no tests.
      byFile.set(file, { passed: counts.passed, failed: Math.max(failed, success ? 0 : 1) });
    });
    const report = stream.compose(new spec());
    report.on('end', () => resolve({ byFile, failures }));
    report.pipe(process.stdout, { end: false });
  });
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((folder) => !folders.includes(folder));
if (unknown.length) {
  process.stderr.write(`There is no test folder ${unknown.join(', ')}; there are ${folders.join(', ')}.\n`);
  process.exit(2);
}

const lanesFolder = mkdtempSync(join(tmpdir(), 'pagefault-tests-'));
const entries = new Map<string, string>();
for (const folder of wanted.length ? folders.filter((each) => wanted.includes(each)) : folders) {
  const files = globSync(`test/${folder}/**/*.test.ts`).sort();
  const started = sharingFolders.has(folder) ? toLanes(folder, files, atOnce) : files;
  for (const entry of started) entries.set(resolvePath(entry), folder);
}
// All in one go, so that no core waits for the last file of a folder.
const { byFile, failures } = await runFiles([...entries.keys()]);
rmSync(lanesFolder, { recursive: true });

const byFolder = new Map<string, Totals>();
const all = { passed: 0, failed: 0 };
for (const [entry, folder] of entries) {
  // Without a word from its process, it failed.
  const { passed, failed } = byFile.get(entry) ?? { passed: 0, failed: 1 };
  const totals = byFolder.get(folder) ?? { passed: 0, failed: 0 };
  byFolder.set(folder, { passed: totals.passed + passed, failed: totals.failed + failed });
  all.passed += passed;
  all.failed += failed;
}
if (failures.length) process.stdout.write(`\nFailed:\n  ${failures.join('\n  ')}\n`);
const summary = [...byFolder].map(
  ([folder, { passed, failed }]) =>
    `${folder.padEnd(10)}${String(passed).padStart(5)} passed${String(failed).padStart(5)} failed`,
);
process.stdout.write(`\n${summary.join('\n')}\n\n${all.passed} passed, ${all.failed} failed\n`);
process.exitCode = all.failed > 0 || all.passed === 0 ? 1 : 0;
