import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Reporter } from '../page/stage.ts';
import { rivals } from './list.ts';

export interface Bundled extends Reporter {
  /** Minified and compressed by brotli. */
  bytes: number;
  note: string;
}

export const bytesOf = (source: string): number => brotliCompressSync(source).length;

/** Installs the rivals in a temporary folder, bundles each as a site's build would, and removes the folder. */
export async function bundleRivals(): Promise<Bundled[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pagefault-rivals-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
    await promisify(execFile)('npm', ['install', ...flags, ...rivals.map((rival) => rival.package)], { cwd: folder });
    const bundled: Bundled[] = [];
    for (const rival of rivals) {
      const { outputFiles } = await build({
        stdin: { contents: rival.setUp, resolveDir: folder },
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2020',
        define: { 'process.env.NODE_ENV': '"production"' },
        logLevel: 'error',
        write: false,
      });
      const { version } = JSON.parse(
        await readFile(join(folder, 'node_modules', rival.package, 'package.json'), 'utf8'),
      ) as { version: string };
      const source = outputFiles[0]?.text ?? '';
      bundled.push({
        name: `${rival.package} ${version}`,
        bytes: bytesOf(source),
        note: rival.note ?? '',
        script: (endpoint) => `const ENDPOINT=${JSON.stringify(endpoint)};${source}`,
      });
    }
    return bundled;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
