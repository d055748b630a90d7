import { resolveOptions, type PluginOptions } from './options.ts';
import { createRollupPlugin, type RollupPlugin } from './create-rollup-plugin.ts';

export type { PluginOptions } from './options.ts';

interface Config {
  build?: { sourcemap?: boolean | 'inline' | 'hidden' };
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
  const plugin = {
    ...createRollupPlugin(resolved),
    enforce: 'post',
    apply: 'build',
    /** Vite sets the output's `sourcemap` itself, and to false by default. */
    config(config: Config) {
      if (config.build?.sourcemap) return undefined;
      resolved.keepMaps ??= false;
      return { build: { sourcemap: 'hidden' } };
    },
  };
  return plugin;
}
