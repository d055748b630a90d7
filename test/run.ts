// Runs the tests: all of them, or those of the folders named (`npm test -- protocol server`).
import { globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** Each test file of these starts a browser or two; many of their tests wait for something most of the time. */
const heavyFolders = new Set(['browser', 'package']);
const heavyAtOnce = cores + 2;

/** Of a process that runs test files. */
const timeoutMs = 1_200_000;

/**
 * Files of these share a process, and so their browsers or the server's modules: to start three browsers, or to load the
 * server, takes longer than many a file's tests.
 */
const sharingFolders = new Set(['browser', 'server']);

/** Processes that take the next file when they are done with one, the largest first. */
function toLanes(files: string[], count: number): string[] {
  const folder = mkdtempSync(join(lanesFolder, 'lanes-'));
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
  /** Title and place of each test that failed. */
  failures: string[];
}

/** Runs some test files, prints each test, and answers how many there were. */
function runFiles(files: string[], concurrency: number): Promise<Totals> {
  return new Promise((resolve) => {
    const totals: Totals = { passed: 0, failed: 0, failures: [] };
    const stream = run({ files, concurrency, timeout: timeoutMs });
    stream.on('test:fail', ({ name, file, line, details }) => {
      // A suite, which is a file, fails with its tests, or because it cannot be imported.
      if (details.type !== 'suite' || !/subtests? failed/.test(details.error.message))
        totals.failures.push(`${name} (${file ? relative('', file) : '?'}:${line ?? 0})`);
    });
    stream.on('test:summary', ({ file, counts, success }) => {
      // The last one, of no file, is of all of them.
      if (file !== undefined) return;
      totals.passed = counts.passed;
      // A file that cannot be imported has no tests.
      totals.failed = Math.max(counts.tests - counts.passed - counts.skipped - counts.todo, success ? 0 : 1);
    });
    const report = stream.compose(new spec());
    report.on('end', () => resolve(totals));
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
const totals: Totals = { passed: 0, failed: 0, failures: [] };
const summary: string[] = [];
for (const folder of folders) {
  if (wanted.length && !wanted.includes(folder)) continue;
  const files = globSync(`test/${folder}/**/*.test.ts`).sort();
  if (files.length === 0) continue;
  process.stdout.write(`\n--- test/${folder} (${files.length} files)\n`);
  const start = Date.now();
  const atOnce = heavyFolders.has(folder) ? heavyAtOnce : cores;
  const entries = sharingFolders.has(folder) ? toLanes(files, atOnce) : files;
  const { passed, failed, failures } = await runFiles(entries, atOnce);
  totals.passed += passed;
  totals.failed += failed;
  totals.failures.push(...failures);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  summary.push(
    `${folder.padEnd(10)}${String(passed).padStart(5)} passed${String(failed).padStart(5)} failed  ${seconds} s`,
  );
}

rmSync(lanesFolder, { recursive: true });
if (totals.failures.length) process.stdout.write(`\nFailed:\n  ${totals.failures.join('\n  ')}\n`);
process.stdout.write(`\n${summary.join('\n')}\n\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
