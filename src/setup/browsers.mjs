import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runs, say, SetupError, timed } from './say.mjs';

/** For each engine: programs (any of the alternatives in a list does), and the Debian packages that bring them. */
const engines = {
  chromium: { programs: [['chromium', 'chromium-browser', 'google-chrome']], packages: ['chromium'] },
  firefox: { programs: [['firefox-esr', 'firefox']], packages: ['firefox-esr'] },
  // WebKitGTK has no headless mode: it needs a display, and xvfb is one without a screen.
  webkit: { programs: [['WebKitWebDriver'], ['Xvfb']], packages: ['webkit2gtk-driver', 'xvfb'] },
};

/** Makes sure that the browsers of `PAGEFAULT_ENGINES` (default: all three) are there. */
export async function prepareBrowsers() {
  const names = wantedEngines();
  if (names.some(isMissing) && isDebianRoot()) await installPackages(names.filter(isMissing));
  const missing = names.filter(isMissing);
  if (missing.length === 0) return;
  const packages = missing.flatMap((name) => engines[name].packages).join(' ');
  const others = Object.keys(engines).filter((name) => !isMissing(name));
  throw new SetupError(
    `The tests need browsers that are not here: ${missing.join(', ')}.\n` +
      `Install them (Debian, as root: apt-get install ${packages}), or go without:\n` +
      `  PAGEFAULT_ENGINES=${others.join(',') || 'chromium'} npm test`,
  );
}

function wantedEngines() {
  const names = (process.env.PAGEFAULT_ENGINES || Object.keys(engines).join(',')).split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(engines, name));
  if (unknown === undefined) return names;
  throw new SetupError(`PAGEFAULT_ENGINES names ${unknown}; there are ${Object.keys(engines).join(', ')}.`);
}

function isMissing(name) {
  return !engines[name].programs.every((alternatives) => alternatives.some(isOnPath));
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release') || !isOnPath('apt-get')) return false;
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** One engine after the other, so that one that cannot be had does not cost the others. */
async function installPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await timed('Updating the list of Debian packages', () => runs('apt-get', ['update', '-qq'], { env }));
  for (const name of names) {
    const { packages } = engines[name];
    await timed(`Installing ${packages.join(', ')}`, () => {
      const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
      if (!runs('apt-get', args, { env })) say(`apt-get could not install ${packages.join(', ')}.`);
    });
  }
}
