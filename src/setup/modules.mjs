import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { runs, SetupError, timed } from './say.mjs';

const lockFile = 'package-lock.json';
const installedFile = 'node_modules/.package-lock.json';
// Inside node_modules, so that it goes when they go.
const stampFile = 'node_modules/.cache/pagefault/package-lock.sha256';

/** Installs what package-lock.json names, unless that has been done. */
export async function prepareModules() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (isInstalled(hash)) return;
  if (!isNewerThanLock()) await timed('Installing packages', install);
  mkdirSync('node_modules/.cache/pagefault', { recursive: true });
  writeFileSync(stampFile, hash);
}

function isInstalled(hash) {
  return existsSync(installedFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

/** Somebody ran `npm ci` or `npm install` by hand. */
function isNewerThanLock() {
  return existsSync(installedFile) && statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs;
}

function install() {
  const args = ['ci', '--include=dev', '--loglevel=error'];
  // The npm that runs us, where there is one; `npm` is a shell script on Windows.
  const npm = process.env.npm_execpath;
  const installed = npm?.endsWith('.js')
    ? runs(process.execPath, [npm, ...args])
    : runs('npm', args, { shell: process.platform === 'win32' });
  if (!installed) throw new SetupError('npm ci failed: what it printed stands above.');
}
