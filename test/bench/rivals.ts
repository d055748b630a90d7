// Size and costs of the best-known reporters beside ours, in one run: npm run bench -- rivals [--rounds 3] [--loads 5] [--write].
// With --write the table goes into README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { measureBurst } from './page/burst.ts';
import { ours } from './page/reporters.ts';
import { measureStart } from './page/start.ts';
import { bundleRivals, bytesOf, type Bundled } from './rivals/bundle.ts';
import { measureSent } from './rivals/sent.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    loads: { type: 'string', default: '5' },
    write: { type: 'boolean' },
  },
  allowPositionals: true,
});
const loads: number[] = [];
const say = (text: string) => {
  const load = loadavg()[0] ?? NaN;
  loads.push(load);
  process.stderr.write(`${text} (the machine's load is ${load.toFixed(1)})\n`);
};
const whole = (value: number) => (Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–');

say('installing and bundling');
// As it ships: a comment at its very beginning tells the browser when to compile it.
const reporter = ours();
const own: Bundled = { ...reporter, name: '**Pagefault**', bytes: bytesOf(reporter.script('')), note: '' };
const all = [own, ...(await bundleRivals())];
say('starting');
const starts = await measureStart(all, Number(values.loads));
say('breaking 200 times');
const bursts = (await measureBurst(all, Number(values.rounds), true)).slice(1);
say('breaking 100 times');
const sent = await measureSent(all);

say('done');

const rows = all.map(({ name, bytes, note }, i) => {
  const [start, burst, wire] = [starts[i], bursts[i], sent[i]];
  const cells = [
    name + (note && ` (${note})`),
    whole(bytes),
    start?.cpuMs.toFixed(1),
    start?.laterMs.toFixed(1),
    burst?.ratio.toFixed(1),
    `${wire?.delivered}`,
    whole(wire?.bytesPerEvent ?? NaN),
  ];
  return `| ${cells.join(' | ')} |`;
});
const [least = NaN, most = NaN] = [Math.min(...loads), Math.max(...loads)].map(Math.round);
const text = `
| reporter | bytes, brotli | start: CPU, ms | by itself in the 1.5 s after | 200 errors: CPU, of one \`sendBeacon\` each | 100 errors: arrived | bytes each |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run bench -- rivals\`, in Chromium, on ${cpus().length} cores with a load of ${least} to ${most}.
`;
process.stdout.write(text);
if (values.write) {
  const readme = readFileSync('README.md', 'utf8').replace(/(?<=<!-- rivals -->)[^]*(?=<!-- end -->)/, () => text);
  writeFileSync('README.md', await format(readme, { parser: 'markdown', ...(await resolveConfig('README.md')) }));
}
process.exit(0);
