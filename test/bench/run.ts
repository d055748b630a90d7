// Measures what is promised: npm run bench [-- collector [seconds] | hostile | logger | maps | notices [errors] | page [--check] | rivals | viewer].
const [, , name = 'collector'] = process.argv;
const benches: Record<string, () => Promise<unknown>> = {
  collector: () => import('./collector.ts'),
  hostile: () => import('./hostile.ts'),
  logger: () => import('./logger.ts'),
  maps: () => {
    // It takes what comes after the name.
    process.argv.splice(2, 1);
    return import('./symbolicate.ts');
  },
  notices: () => import('./notices.ts'),
  page: () => import('./page.ts'),
  rivals: () => import('./rivals.ts'),
  viewer: () => import('./viewer.ts'),
};
// A number alone is the collector's seconds.
const run = benches[Number(name) ? 'collector' : name];
if (run) {
  await run();
  // A browser that has not ended yet would keep it waiting.
  process.exit();
} else {
  process.stderr.write(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 2;
}
