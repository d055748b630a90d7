import { resolveOptions, type PluginOptions, type ResolvedOptions } from './options.ts';
import { createRollupPlugin, type RollupPlugin, type SharedOutput } from './create-rollup-plugin.ts';

export type { PluginOptions } from './options.ts';

interface Config {
  build?: { sourcemap?: boolean | 'inline' | 'hidden'; watch?: object | null };
}

/**
 * Gives scripts and maps debug ids, and uploads the maps, when Vite builds; the development server is left alone.
 *
 * ```js
 * plugins: [pagefault({ url: 'https://errors.example.com', token: process.env.PAGEFAULT_TOKEN })]
 * ```
 */
export function pagefault(options: PluginOptions = {}): RollupPlugin {
  const resolved = resolveOptions(options);
  const shared: SharedOutput = { uploads: [], workerMaps: new Map() };
  const plugin = {
    ...createRollupPlugin(resolved, shared),
    enforce: 'post',
    apply: 'build',
    config({ build }: Config) {
      // A worker's build does not know that somebody watches.
      const worker = build?.watch ? {} : { worker: { plugins: () => [createWorkerPlugin(resolved, shared)] } };
      if (build?.sourcemap) return worker;
      resolved.keepMaps ??= false;
      // Vite sets the output's `sourcemap` itself, and to false by default.
      return { ...worker, build: { sourcemap: 'hidden' } };
    },
  };
  return plugin;
}

/** For the build of a worker: Vite writes it with the rest, and takes its map from before our hook. */
function createWorkerPlugin(options: ResolvedOptions, { uploads, workerMaps }: SharedOutput): RollupPlugin {
  const own: SharedOutput = { uploads: [], workerMaps: new Map() };
  const { name, banner, generateBundle } = createRollupPlugin(options, own);
  const { handler } = generateBundle;
  const collect: typeof handler = (output, bundle) => {
    handler(output, bundle);
    for (const file of own.uploads.splice(0)) {
      uploads.push(file);
      if (!file.name.endsWith('.map')) continue;
      workerMaps.set(file.name, options.keepMaps === false ? undefined : file.text);
      delete bundle[file.name];
    }
  };
  const plugin = { name, banner, generateBundle: { ...generateBundle, handler: collect } };
  return plugin;
}
