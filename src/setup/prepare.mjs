// Makes a fresh clone ready: `node src/setup/prepare.mjs [build] [browsers]`. Plain JavaScript, because it runs before
// anything is installed and by whatever Node there is; says nothing where nothing is to be done.
import { fileURLToPath } from 'node:url';
import { prepareBrowsers } from './browsers.mjs';
import { prepareBuild } from './build.mjs';
import { prepareNode } from './node.mjs';
import { prepareModules } from './modules.mjs';
import { SetupError } from './say.mjs';

// Every path of the steps is one of this repository, wherever they were called.
process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const steps = { build: prepareBuild, browsers: prepareBrowsers };

try {
  await prepareModules();
  prepareNode();
  for (const name of process.argv.slice(2)) {
    if (!Object.hasOwn(steps, name)) throw new SetupError(`prepare: unknown step ${name}`);
    await steps[name]();
  }
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
