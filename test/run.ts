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

/** Each test file of these starts a browser or two: more at once only makes them wait for each other. */
const heavyFolders = new Set(['browser', 'package']);
const heavyAtOnce = Math.max(3, cores);

const fileTimeoutMs = 300_000;

/**
 * Files of these share a process, and so their browsers or the server's modules: to start three browsers, or to load the
 * server, takes longer than many a file's tests.
 */
const sharingFolders = new Set(['browser', 'server']);
const turns = 3;

/** Each lane imports some of the files, the longest dealt out first, so that they run in one process after one another. */
function toLanes(files: string[], folder: string): string[] {
  const bySize = files.toSorted((a, b) => statSync(b).size - statSync(a).size);
  const lanes = Array.from({ length: Math.min(files.length, heavyAtOnce * turns) }, (): string[] => []);
  bySize.forEach((file, i) => lanes[i % lanes.length]?.push(file));
  return lanes.map((lane, i) => {
    const entry = join(folder, `lane-${i + 1}.mjs`);
    writeFileSync(entry, lane.map((file) => `import '${pathToFileURL(resolvePath(file)).href}';\n`).join(''));
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
    const stream = run({ files, concurrency, timeout: fileTimeoutMs * turns });
    stream.on('test:fail', ({ name, file, line, details }) => {
      if (details.type !== 'suite') totals.failures.push(`${name} (${file ? relative('', file) : '?'}:${line ?? 0})`);
    });
    stream.on('test:summary', ({ file, counts }) => {
      // The last one, of no file, is of all of them.
      if (file !== undefined) return;
      totals.passed = counts.passed;
      totals.failed = counts.tests - counts.passed - counts.skipped - counts.todo;
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
  const entries = sharingFolders.has(folder) ? toLanes(files, lanesFolder) : files;
  const { passed, failed, failures } = await runFiles(entries, heavyFolders.has(folder) ? heavyAtOnce : cores);
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
