export { pagefault, type PluginOptions, type WebpackPlugin as RspackPlugin } from './webpack.ts';
