// Size and costs of the best-known reporters beside ours, in one run: npm run bench -- rivals [--rounds 3] [--loads 5].
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBurst } from './page/burst.ts';
import { measureStart } from './page/start.ts';
import { bundledOf, bundleRivals } from './rivals/bundle.ts';
import { measureSent } from './rivals/sent.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, loads: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const say = (text: string) => process.stderr.write(`${text} (the machine's load is ${loadavg()[0]?.toFixed(1)})\n`);
const whole = (value: number) => (Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–');

say('installing and bundling');
const script = readFileSync(new URL('../../dist/pagefault.js', import.meta.url), 'utf8');
const all = [
  bundledOf('**Pagefault**', `${script};pagefault.init({endpoint:ENDPOINT+"/in/key"})`),
  ...(await bundleRivals()),
];
say('starting');
const starts = await measureStart(all, Number(values.loads));
say('breaking 200 times');
const bursts = (await measureBurst(all, Number(values.rounds), true)).slice(1);
say('breaking 100 times');
const sent = await measureSent(all);

const rows = all.map(({ name, bytes, note }, i) => {
  const [start, burst, wire] = [starts[i], bursts[i], sent[i]];
  const cells = [
    name + (note && ` (${note})`),
    whole(bytes),
    start?.cpuMs.toFixed(1),
    burst?.ratio.toFixed(1),
    `${wire?.delivered}`,
    whole(wire?.bytesPerEvent ?? NaN),
  ];
  return `| ${cells.join(' | ')} |`;
});
process.stdout.write(`
| reporter | bytes, brotli | start, CPU ms | 200 errors, CPU of one \`sendBeacon\` each | 100 errors: arrived | bytes each |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`);
process.exit(0);
