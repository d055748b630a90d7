import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as terserModule from '@rollup/plugin-terser';
import { rspack } from '@rspack/core';
import esbuild from 'esbuild';
import { rollup, type Plugin } from 'rollup';
import { build as viteBuild } from 'vite';
import webpack from 'webpack';
import * as forEsbuild from '../../src/plugin/esbuild.ts';
import type { PluginOptions } from '../../src/plugin/options.ts';
import * as forRollup from '../../src/plugin/rollup.ts';
import * as forRspack from '../../src/plugin/rspack.ts';
import * as forVite from '../../src/plugin/vite.ts';
import * as forWebpack from '../../src/plugin/webpack.ts';

/** Its types say that the module itself is the function; Node gives the default. */
const terser = terserModule.default as unknown as () => Plugin;

/** A page with a part that is loaded later and shares a module with the first. */
export const shop = {
  'src/main.js': `import { total } from './cart.js';
import './style.css.js';

export async function checkout(items) {
  const sum = total(items);
  const { pay } = await import('./pay.js');
  return pay(sum, (reason) => {
    throw new Error('refused: ' + reason);
  });
}
globalThis.shopResult = checkout([{ price: 2 }, { price: 3 }]);
`,
  'src/cart.js': `export function total(items) {
  return items.reduce((sum, item) => sum + item.price, 0);
}
`,
  'src/pay.js': `import { total } from './cart.js';
export function pay(sum, refuse) {
  if (sum > 100 && total([]) === 0) refuse('too much');
  return 'paid ' + sum;
}
`,
  'src/style.css.js': `export const color = 'red';
globalThis.shopColor = color;
`,
};

export interface Built {
  folder: string;
  /** Text by path, from the folder that would be published. */
  files: Map<string, string>;
}

/** `undefined` builds without the plugin. */
type Build = (folder: string, plugin: PluginOptions | undefined) => Promise<unknown>;

const entry = 'src/main.js';

export const bundlers: Record<string, Build> = {
  async rollup(folder, plugin) {
    const plugins = [terser(), ...(plugin ? [forRollup.pagefault(plugin)] : [])];
    const bundle = await rollup({ input: join(folder, entry), plugins });
    await bundle.write({
      dir: join(folder, 'dist'),
      sourcemap: true,
      entryFileNames: '[name]-[hash].js',
      chunkFileNames: 'parts/[name]-[hash].js',
    });
  },
  vite: (folder, plugin) =>
    viteBuild({
      root: folder,
      logLevel: 'warn',
      build: { sourcemap: true, rolldownOptions: { input: join(folder, entry) } },
      plugins: plugin ? [forVite.pagefault(plugin)] : [],
    }),
  esbuild: (folder, plugin) =>
    esbuild.build({
      entryPoints: [join(folder, entry)],
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      sourcemap: true,
      outdir: join(folder, 'dist'),
      entryNames: '[name]-[hash]',
      absWorkingDir: folder,
      plugins: plugin ? [forEsbuild.pagefault(plugin)] : [],
    }),
  webpack: (folder, plugin) =>
    new Promise<void>((resolve, reject) => {
      const plugins = plugin ? [forWebpack.pagefault(plugin)] : [];
      webpack({ ...packOptions(folder), plugins }, (error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
        else resolve();
      });
    }),
  rspack: (folder, plugin) =>
    new Promise<void>((resolve, reject) => {
      const plugins = plugin ? [forRspack.pagefault(plugin)] : [];
      rspack({ ...packOptions(folder), plugins }, (error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
        else resolve();
      });
    }),
};

function packOptions(folder: string) {
  return {
    context: folder,
    mode: 'production' as const,
    target: 'web' as const,
    devtool: 'source-map' as const,
    entry: join(folder, entry),
    output: {
      path: join(folder, 'dist'),
      filename: '[name]-[contenthash].js',
      chunkFilename: 'parts/[id]-[contenthash].js',
    },
  };
}

/** Builds the shop in a folder of its own. Remove it with `removeBuilt`. */
export async function buildShop(name: string, plugin?: PluginOptions): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), `pagefault-${name}-`));
  for (const [path, text] of Object.entries(shop)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await bundlers[name]?.(folder, plugin);
  const dist = join(folder, 'dist');
  const files = new Map<string, string>();
  for (const path of await readdir(dist, { recursive: true })) {
    if (/\.(js|map)$/.test(path)) files.set(path.replaceAll('\\', '/'), await readFile(join(dist, path), 'utf8'));
  }
  return { folder, files };
}

export const removeBuilt = ({ folder }: Built): Promise<void> => rm(folder, { recursive: true, force: true });
