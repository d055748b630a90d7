import { createRollupPlugin, type RollupPlugin } from './create-rollup-plugin.ts';
import { resolveOptions, type PluginOptions } from './options.ts';

export type { PluginOptions } from './options.ts';
export type { RollupPlugin } from './create-rollup-plugin.ts';

/**
 * Gives scripts and maps debug ids, and uploads the maps.
 *
 * ```js
 * plugins: [terser(), pagefault({ url: 'https://errors.example.com', token: process.env.PAGEFAULT_TOKEN })]
 * ```
 */
export function pagefault(options: PluginOptions = {}): RollupPlugin {
  return createRollupPlugin(resolveOptions(options));
}
