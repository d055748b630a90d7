import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { nodePath } from './node.mjs';
import { runAll, SetupError, timed } from './say.mjs';

const inputs = ['src', 'demo', 'rollup.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const outputs = ['pagefault.js', 'snippet.js', 'index.js', 'node/pagefault.js', 'viewer/index.html', 'demo/index.html'];
/** Of rollup.config.mjs: built side by side. */
const parts = ['client', 'server', 'pages'];
const stampFile = '.cache/build.sha256';

/** Builds dist, unless it was built from exactly these files. */
export async function prepareBuild() {
  const hash = hashInputs();
  const isBuilt = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
  if (isBuilt && outputs.every((file) => existsSync(`dist/${file}`))) return;
  await timed('Building', build);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(stampFile, hash);
}

async function build() {
  // Names of built files carry hashes: those of the build before would stay, and be packed.
  rmSync('dist', { recursive: true, force: true });
  rmSync(stampFile, { force: true });
  const rollup = ['node_modules/rollup/dist/bin/rollup', '-c', '--silent', '--configPart'];
  if (!(await runAll(parts.map((part) => [nodePath(), [...rollup, part]])))) {
    throw new SetupError('The build failed: what it printed stands above.');
  }
}

/** By content: times of files say little after a checkout, and nothing about files that went. */
function hashInputs() {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}
