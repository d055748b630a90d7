// Indexing a source map and resolving frames, beside @jridgewell/trace-mapping used plainly in the same run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { originalPositionFor, sourceContentFor, TraceMap } from '@jridgewell/trace-mapping';
import { build } from 'esbuild';
import { buildIndex } from '../../src/server/symbolicate/build-index.ts';
import { contextLines, sourceText } from '../../src/server/symbolicate/context-lines.ts';
import { createIndexer } from '../../src/server/symbolicate/indexer.ts';
import { MapIndex } from '../../src/server/symbolicate/map-index.ts';
import { createRandom } from '../helpers/random.ts';

const budget = { indexMsPer10Mb: 1_000, frameMs: 0.2 };
const frames = 20_000;
const { resolve } = createRequire(import.meta.url);

/** A bundle of packages that are here anyway, minified, with a map of some megabytes. */
async function buildBundle(): Promise<{ script: string; map: string }> {
  const entries = ['rollup', 'terser', '@babel/parser', 'fastify', 'preact', 'prettier/standalone'];
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((name, i) => `export * as m${i} from ${JSON.stringify(resolve(name))};`).join('\n'),
      resolveDir: dirname(import.meta.dirname),
    },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'external',
    outfile: join(import.meta.dirname, 'bundle.js'),
    external: ['fsevents', '@rollup/*'],
    logLevel: 'error',
    write: false,
  });
  const textOf = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: textOf('.js'), map: textOf('.map') };
}

/** Milliseconds of all cores: what else the machine does counts little. */
async function cpu(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const line = (what: string, value: string) => process.stdout.write(`${what.padEnd(52)}${value.padStart(20)}\n`);
const ms = (value: number) => `${value.toFixed(value < 10 ? 3 : 0)} ms`;

const { script, map } = process.argv[2]
  ? { script: '', map: readFileSync(process.argv[2], 'utf8') }
  : await buildBundle();
const megabytes = Buffer.byteLength(map) / 1e6;
line('map', `${megabytes.toFixed(1)} MB`);

// Indexing, as an upload does it: with the packages as they are, and as if all of it were the site's own code.
const ownMap = map.replaceAll('node_modules/', 'own/');
const indexer = createIndexer();
const cold = await time(() => indexer.index(map));
const warm = Math.min(await time(() => indexer.index(map)), await time(() => indexer.index(map)));
const own = Math.min(await time(() => indexer.index(ownMap)), await time(() => indexer.index(ownMap)));
const [warmCpu, ownCpu] = [await cpu(() => indexer.index(map)), await cpu(() => indexer.index(ownMap))];
await indexer.close();
line('index it, first map of two new threads', ms(cold));
line('index it, threads running', `${ms(warm)} = ${ms((warm / megabytes) * 10)}/10 MB`);
line('index it as if all were own code', `${ms(own)} = ${ms((own / megabytes) * 10)}/10 MB`);

line('CPU of both, per 10 MB', `${ms((warmCpu / megabytes) * 10)}, ${ms((ownCpu / megabytes) * 10)}`);

// Frames, at places that the map knows.
const built = buildIndex(map);
const texts = new Map(built.texts.map(({ hash, zstd }) => [hash, sourceText(zstdDecompressSync(zstd).toString())]));
let index: MapIndex | undefined;
const load = await time(() => (index = new MapIndex(zstdDecompressSync(built.index))));
const random = createRandom(1);
const lines = script.split('\n');
const places = Array.from({ length: frames }, () => {
  const at = random.below(index?.lineCount ?? 1);
  return { line: at + 1, column: random.below(lines[at]?.length || 20_000) };
});
const ours = await time(() => {
  for (const place of places) {
    const traced = index?.trace(place.line, place.column + 1);
    if (!index || !traced) continue;
    index.functionAt(traced.source, traced.line, traced.column);
    const text = texts.get(index.header.sources[traced.source]?.content ?? '');
    if (text) contextLines(text, traced.line, traced.column);
  }
});
line('load an index that is on disk', ms(load));
line('a frame, warm: place, function, 11 lines', `${ms(ours / frames)}`);

// The library, used as its README does: the map parsed when a frame needs it, the source's lines split.
let plain: TraceMap | undefined;
const plainLoad = await time(() => {
  plain = new TraceMap(map);
  originalPositionFor(plain, { line: 1, column: 0 });
});
const plainFrames = 200;
const theirs = await time(() => {
  for (const place of places.slice(0, plainFrames)) {
    if (!plain) continue;
    const found = originalPositionFor(plain, place);
    if (found.source === null) continue;
    const text = sourceContentFor(plain, found.source)?.split('\n') ?? [];
    text.slice(Math.max(0, found.line - 6), found.line + 5);
  }
});
line('trace-mapping: load', `${ms(plainLoad)} = ${(plainLoad / load).toFixed(1)} of ours`);
line(
  'trace-mapping: a frame, warm, no function name',
  `${ms(theirs / plainFrames)} = ${(theirs / plainFrames / (ours / frames)).toFixed(1)} of ours`,
);
line('one frame of a map that is not in memory, ours', ms(load + ours / frames));
line('the same by trace-mapping', ms(plainLoad + theirs / plainFrames));

const isWithin = (own / megabytes) * 10 <= budget.indexMsPer10Mb && ours / frames <= budget.frameMs;
process.stdout.write(
  `${isWithin ? 'within' : 'OVER'} the budget: ${budget.indexMsPer10Mb} ms per 10 MB, all of it own code, on a machine that is free; ${budget.frameMs} ms a frame\n`,
);
process.exitCode = isWithin ? 0 : 1;
