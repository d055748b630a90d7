import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface InstalledPackage {
  /** The project it was installed into. */
  folder: string;
  /** `node_modules/pagefault` of that project. */
  packageDir: string;
  /** What would be published. */
  tarball: string;
  /** Runs Node in the project; answers what it printed. */
  node(...args: string[]): Promise<string>;
  remove(): void;
}

/** Packs the package as `npm publish` would, and installs it into an empty project, without a network. */
export async function installPackage(): Promise<InstalledPackage> {
  const root = mkdtempSync(join(tmpdir(), 'pagefault-package-'));
  const tarballs = join(root, 'tarballs');
  const folder = join(root, 'project');
  for (const path of [tarballs, folder]) mkdirSync(path);
  await npm(process.cwd(), 'pack', '--pack-destination', tarballs);
  const [tarball = ''] = readdirSync(tarballs);
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'somebodys-site', private: true, type: 'module' }),
  );
  await npm(folder, 'install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(tarballs, tarball));
  return {
    folder,
    tarball: join(tarballs, tarball),
    packageDir: join(folder, 'node_modules/pagefault'),
    node: (...args) => execute(process.execPath, args, { cwd: folder }).then(({ stdout }) => stdout),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The npm that runs the tests, where one does. */
function npm(cwd: string, ...args: string[]): Promise<unknown> {
  const script = process.env['npm_execpath'];
  const options = { cwd, shell: !script && process.platform === 'win32' };
  return script ? execute(process.execPath, [script, ...args], options) : execute('npm', args, options);
}
