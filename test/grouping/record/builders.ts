import { transform as swcTransform, minify as swcMinify } from '@swc/core';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terserModule from '@rollup/plugin-terser';
import { build as esbuild } from 'esbuild';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup, type Plugin } from 'rollup';
import ts from 'typescript';
import { build as viteBuild } from 'vite';
import webpack from 'webpack';

// Its types say CommonJS, the file says otherwise.
const terser = terserModule as unknown as typeof terserModule.default;

/** Builds `src/main.ts` of a folder into `dist`: hashed names, code splitting, minified, with source maps. */
type Builder = (folder: string) => Promise<void>;

const typescriptPlugin: Plugin = {
  name: 'typescript',
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext, sourceMap: true };
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName: id, compilerOptions });
    return { code: outputText, map: sourceMapText ?? null };
  },
};

const swcPlugin: Plugin = {
  name: 'swc',
  async transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    const jsc = { parser: { syntax: 'typescript' }, target: 'es2018' } as const;
    const { code: output, map } = await swcTransform(code, { filename: id, sourceMaps: true, jsc });
    return { code: output, map: map ?? null };
  },
  async renderChunk(code) {
    const { code: output, map } = await swcMinify(code, {
      sourceMap: true,
      module: true,
      compress: true,
      mangle: true,
    });
    return { code: output, map: map ?? null };
  },
};

async function byRollup(folder: string, plugins: Plugin[], names: string): Promise<void> {
  const resolve = nodeResolve({ browser: true, extensions: ['.ts', '.js'] });
  const bundle = await rollup({ input: join(folder, 'src/main.ts'), plugins: [resolve, ...plugins] });
  const entryFileNames = `assets/${names}`;
  const dir = join(folder, 'dist');
  await bundle.write({ dir, format: 'es', sourcemap: true, entryFileNames, chunkFileNames: entryFileNames });
  await bundle.close();
}

const byWebpack: Builder = (folder) =>
  new Promise((resolve, reject) => {
    const loader = fileURLToPath(new URL('webpack-ts-loader.mjs', import.meta.url));
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: { app: './src/main.ts' },
      devtool: 'source-map',
      module: { rules: [{ test: /\.ts$/, loader }] },
      output: { path: join(folder, 'dist'), filename: 'js/[name].[contenthash:8].js', publicPath: '/' },
      performance: false,
    });
    compiler?.run((error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString()));
      else compiler.close(() => resolve());
    });
  });

/** The five ways to build that most sites use. */
export const builders: Record<string, Builder> = {
  async esbuild(folder) {
    await esbuild({
      absWorkingDir: folder,
      entryPoints: ['src/main.ts'],
      outdir: 'dist',
      bundle: true,
      minify: true,
      splitting: true,
      sourcemap: true,
      format: 'esm',
      target: 'es2022',
      entryNames: '[name]-[hash]',
      logLevel: 'error',
    });
  },
  rollup: (folder) =>
    byRollup(folder, [typescriptPlugin, terser({ compress: { passes: 2 }, module: true })], '[name]-[hash].js'),
  webpack: byWebpack,
  async vite(folder) {
    await viteBuild({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { sourcemap: true, outDir: 'dist', rollupOptions: { input: join(folder, 'src/main.ts') } },
    });
  },
  swc: (folder) => byRollup(folder, [swcPlugin], '[name].[hash].js'),
};
