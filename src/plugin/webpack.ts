import { filesToUpload } from './collect.ts';
import { register, stamp, withoutMapComment } from './debug-id.ts';
import { resolveOptions, type PluginOptions, type ResolvedOptions } from './options.ts';
import { reportUpload, type Log } from './report-upload.ts';
import type { UploadFile } from './upload.ts';

export type { PluginOptions } from './options.ts';

/** What we use of webpack and Rspack, which share it. */
interface Source {
  source(): string | Uint8Array;
}
interface AssetInfo {
  related?: { sourceMap?: string | string[] | null } | null;
}
interface Compilation {
  hooks: { processAssets: { tap(options: { name: string; stage: number }, run: () => void): void } };
  getAssets(): readonly { name: string; source: Source; info: AssetInfo }[];
  getAsset(name: string): { name: string; source: Source; info: AssetInfo } | undefined | void;
  updateAsset(name: string, source: Source): void;
  deleteAsset(name: string): void;
}
interface Compiler {
  watchMode?: boolean;
  options: { devtool?: unknown; mode?: unknown };
  getInfrastructureLogger(name: string): Log;
  webpack: {
    sources: { RawSource: new (text: string) => Source };
    Compilation: { PROCESS_ASSETS_STAGE_DEV_TOOLING: number; PROCESS_ASSETS_STAGE_REPORT: number };
  };
  hooks: {
    thisCompilation: { tap(name: string, run: (compilation: Compilation) => void): void };
    afterEmit: { tapPromise(name: string, run: () => Promise<void>): void };
  };
}

/** A plugin of webpack or Rspack. */
export interface WebpackPlugin {
  apply(compiler: unknown): void;
}

/**
 * Gives scripts and maps debug ids, and uploads the maps.
 *
 * ```js
 * plugins: [pagefault({ url: 'https://errors.example.com', token: process.env.PAGEFAULT_TOKEN })]
 * ```
 */
export function pagefault(options: PluginOptions = {}): WebpackPlugin {
  const resolved = resolveOptions(options);
  return { apply: (compiler) => apply(compiler as Compiler, resolved) };
}

const name = 'pagefault';

function apply(compiler: Compiler, options: ResolvedOptions): void {
  let keepMaps = options.keepMaps ?? true;
  // Defaults are set after plugins have been applied: what is empty here was not asked for.
  if (!compiler.options.devtool && compiler.options.mode !== 'development') {
    compiler.options.devtool = 'hidden-source-map';
    keepMaps = options.keepMaps ?? false;
  }
  const { PROCESS_ASSETS_STAGE_DEV_TOOLING: devTooling, PROCESS_ASSETS_STAGE_REPORT: report } =
    compiler.webpack.Compilation;
  let uploads: UploadFile[] = [];
  compiler.hooks.thisCompilation.tap(name, (compilation) => {
    if (compiler.watchMode) return;
    const at = (stage: number, run: () => void) => compilation.hooks.processAssets.tap({ name, stage }, run);
    // When the maps have been made, before names get the hashes of their content.
    at(devTooling + 1, () => stampAssets(compiler, compilation, keepMaps));
    at(report, () => {
      uploads = collect(compilation);
      if (!keepMaps) for (const { name } of uploads) if (name.endsWith('.map')) compilation.deleteAsset(name);
    });
  });
  // A logger of the compilation speaks with the statistics, of which Rspack prints errors and warnings only.
  const log = compiler.getInfrastructureLogger(name);
  compiler.hooks.afterEmit.tapPromise(name, () => reportUpload(uploads, options, log));
}

const isScript = (file: string) => /\.[cm]?js$/.test(file);

function mapOf(compilation: Compilation, info: AssetInfo) {
  const related = info.related?.sourceMap;
  const mapName = Array.isArray(related) ? related[0] : related;
  return mapName ? compilation.getAsset(mapName) : undefined;
}

function stampAssets({ webpack }: Compiler, compilation: Compilation, keepMaps: boolean): void {
  const { RawSource } = webpack.sources;
  for (const { name, source, info } of compilation.getAssets().filter(({ name }) => isScript(name))) {
    const map = mapOf(compilation, info);
    const registered = register(source.source().toString(), map?.source.source().toString());
    const stamped = stamp(registered.code, registered.map);
    if (!stamped) continue;
    compilation.updateAsset(name, new RawSource(keepMaps ? stamped.code : withoutMapComment(stamped.code)));
    if (map && stamped.map !== undefined) compilation.updateAsset(map.name, new RawSource(stamped.map));
  }
}

/** With the names that will be written. */
function collect(compilation: Compilation): UploadFile[] {
  return compilation.getAssets().flatMap(({ name, source, info }) => {
    const map = isScript(name) ? mapOf(compilation, info) : undefined;
    const text = map?.source.source().toString();
    const debugId = text && /^\{"debugId":"([^"]+)"/.exec(text)?.[1];
    return map && text && debugId ? filesToUpload(name, map.name, source.source().toString(), text, debugId) : [];
  });
}
