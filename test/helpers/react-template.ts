import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = ['vite', '@vitejs/plugin-react', 'react', 'react-dom'];

/** Replaces one line of a file. */
async function edit(file: string, line: string, replacement: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  assert.equal(text.split(line).length, 2, `${file} has the line once: ${line}`);
  await writeFile(
    file,
    text.replace(line, () => replacement),
  );
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

/**
 * Builds the React application that `npm create vite` makes, with its own `vite build`, in a temporary folder. Its
 * counter throws at the third click. With an endpoint, it imports the reporter as its first line.
 * @returns the folder; what is built is in `dist`
 */
export async function buildReactTemplate(endpoint?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-react-'));
  await cp(join(root, 'node_modules/create-vite/template-react'), folder, { recursive: true });
  for (const name of packages) await link(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  await link(root, join(folder, 'node_modules/pagefault'));
  await edit(
    join(folder, 'src/App.jsx'),
    'onClick={() => setCount((count) => count + 1)}',
    'onClick={() => { setCount(count + 1); if (count === 2) throw new Error(`${count + 1} are too many`) }}',
  );
  if (endpoint !== undefined) {
    const main = join(folder, 'src/main.jsx');
    const lines = `import { init } from 'pagefault'\ninit({ endpoint: ${JSON.stringify(endpoint)} })\n`;
    await writeFile(main, lines + (await readFile(main, 'utf8')));
  }
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: folder });
  return folder;
}
