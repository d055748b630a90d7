import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { filesToUpload } from './collect.ts';
import { registration, stamp, withoutMapComment } from './debug-id.ts';
import { resolveOptions, type PluginOptions, type ResolvedOptions } from './options.ts';
import { reportUpload } from './report-upload.ts';
import type { UploadFile } from './upload.ts';

export type { PluginOptions } from './options.ts';

/** What we use of esbuild. */
interface OutputFile {
  path: string;
  contents: Uint8Array;
  readonly text: string;
}
interface BuildOptions {
  sourcemap?: unknown;
  banner?: Record<string, string>;
  metafile?: boolean;
  absWorkingDir?: string;
  outdir?: string;
  outfile?: string;
}
interface BuildResult {
  errors: unknown[];
  outputFiles?: OutputFile[];
  metafile?: { outputs: Record<string, unknown> };
}
interface Build {
  initialOptions: BuildOptions;
  onEnd(run: (result: BuildResult) => Promise<{ warnings: { text: string }[] }>): void;
}

/** A plugin of esbuild. */
export interface EsbuildPlugin {
  name: string;
  setup(build: unknown): void;
}

/**
 * Gives scripts and maps debug ids, and uploads the maps.
 *
 * ```js
 * plugins: [pagefault({ url: 'https://errors.example.com', token: process.env.PAGEFAULT_TOKEN })]
 * ```
 */
export function pagefault(options: PluginOptions = {}): EsbuildPlugin {
  const resolved = resolveOptions(options);
  return { name: 'pagefault', setup: (build) => setUp(build as Build, resolved) };
}

function setUp({ initialOptions, onEnd }: Build, options: ResolvedOptions): void {
  const keepMaps = options.keepMaps ?? Boolean(initialOptions.sourcemap);
  initialOptions.sourcemap ||= 'external';
  initialOptions.metafile = true;
  // esbuild counts the banner into the map and into the names' hashes.
  const { js } = initialOptions.banner ?? {};
  initialOptions.banner = { ...initialOptions.banner, js: js === undefined ? registration : `${registration}\n${js}` };
  onEnd(async (result) => {
    if (result.errors.length > 0) return { warnings: [] };
    const warnings: { text: string }[] = [];
    const uploads = await stampOutputs(result, initialOptions, keepMaps);
    const say = (text: string) => void process.stderr.write(`  pagefault: ${text}\n`);
    await reportUpload(uploads, options, {
      info: say,
      // They are in the result, of which `esbuild.build` prints none.
      warn: (text) => {
        warnings.push({ text });
        say(text);
      },
    });
    return { warnings };
  });
}

/** Reads and writes outputs, on disk or in the list that the caller gets. */
interface Outputs {
  paths: string[];
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

function outputsOf(result: BuildResult, base: string): Outputs {
  const { outputFiles } = result;
  if (!outputFiles) {
    return {
      paths: Object.keys(result.metafile?.outputs ?? {}).map((path) => resolve(base, path)),
      read: (path) => readFile(path, 'utf8'),
      write: (path, text) => writeFile(path, text),
      remove: (path) => rm(path, { force: true }),
    };
  }
  const find = (path: string) => outputFiles.find((file) => file.path === path);
  return {
    paths: outputFiles.map(({ path }) => path),
    read: async (path) => find(path)?.text ?? '',
    async write(path, text) {
      const file = find(path);
      // `text` follows from the contents.
      if (file) file.contents = new TextEncoder().encode(text);
    },
    async remove(path) {
      outputFiles.splice(0, outputFiles.length, ...outputFiles.filter((file) => file.path !== path));
    },
  };
}

async function stampOutputs(result: BuildResult, options: BuildOptions, keepMaps: boolean): Promise<UploadFile[]> {
  const base = options.absWorkingDir ?? process.cwd();
  const folder = resolve(base, options.outdir ?? dirname(options.outfile ?? '.'));
  const outputs = outputsOf(result, base);
  const nameOf = (path: string) => relative(folder, path).replaceAll('\\', '/');
  const uploads: UploadFile[] = [];
  for (const path of outputs.paths.filter((path) => /\.[cm]?js$/.test(path))) {
    const mapPath = outputs.paths.find((other) => other === `${path}.map`);
    const stamped = stamp(await outputs.read(path), mapPath && (await outputs.read(mapPath)));
    if (!stamped) continue;
    await outputs.write(path, keepMaps ? stamped.code : withoutMapComment(stamped.code));
    if (mapPath === undefined || stamped.map === undefined) continue;
    uploads.push(...filesToUpload(nameOf(path), nameOf(mapPath), stamped.code, stamped.map, stamped.debugId));
    if (keepMaps) await outputs.write(mapPath, stamped.map);
    else await outputs.remove(mapPath);
  }
  return uploads;
}
