import { filesToUpload } from './collect.ts';
import { registration, stamp, withoutMapComment } from './debug-id.ts';
import type { ResolvedOptions } from './options.ts';
import { reportUpload } from './report-upload.ts';
import type { UploadFile } from './upload.ts';

/** What we use of Rollup's and Rolldown's context, bundle and options. */
interface Context {
  meta: { watchMode?: boolean };
  info(message: string): void;
  warn(message: string): void;
}
interface Chunk {
  type: 'chunk';
  fileName: string;
  code: string;
}
interface Asset {
  type: 'asset';
  fileName: string;
  source: string | Uint8Array;
}
type Bundle = Record<string, Chunk | Asset>;
interface OutputOptions {
  sourcemap?: boolean | 'inline' | 'hidden';
}

/** A plugin of Rollup; Rolldown takes it too. */
export interface RollupPlugin {
  name: string;
}

/** What builds of one site share: Vite builds each worker apart, and writes it with the rest. */
export interface SharedOutput {
  uploads: UploadFile[];
  /** Maps of workers as they are to be published, by name; without a text not at all. */
  workerMaps: Map<string, string | undefined>;
}

/** The hooks that Rollup, Rolldown and Vite share. */
export function createRollupPlugin(
  options: ResolvedOptions,
  { uploads, workerMaps }: SharedOutput = { uploads: [], workerMaps: new Map() },
) {
  /** Outputs for which the plugin had to ask for maps: nobody expects them to be published. */
  let isOurs = false;

  return {
    name: 'pagefault',
    outputOptions(output: OutputOptions): OutputOptions {
      if (output.sourcemap) return output;
      isOurs = true;
      return { ...output, sourcemap: 'hidden' };
    },
    /** Before anything else works on the chunk: whoever does takes the line into the map, and the chunk's hash into account. */
    banner(this: Context): string {
      return this.meta.watchMode ? '' : registration;
    },
    generateBundle: {
      order: 'post',
      handler(_output: unknown, bundle: Bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk') uploads.push(...stampChunk(chunk, bundle, options.keepMaps ?? !isOurs));
        }
        for (const [name, text] of workerMaps) {
          const asset = bundle[name];
          if (text === undefined) delete bundle[name];
          else if (asset?.type === 'asset') asset.source = text;
        }
      },
    },
    async writeBundle(this: Context) {
      const files = uploads.splice(0);
      await reportUpload(files, options, { info: (text) => this.info(text), warn: (text) => this.warn(text) });
    },
  } as const;
}

function stampChunk(chunk: Chunk, bundle: Bundle, keepMaps: boolean): UploadFile[] {
  const mapName = `${chunk.fileName}.map`;
  const asset = bundle[mapName];
  const text = asset?.type === 'asset' ? asset.source.toString() : undefined;
  const stamped = stamp(chunk.code, text);
  if (!stamped) return [];
  chunk.code = stamped.code;
  if (asset?.type !== 'asset' || stamped.map === undefined) return [];
  if (keepMaps) asset.source = stamped.map;
  else {
    chunk.code = withoutMapComment(stamped.code);
    delete bundle[mapName];
  }
  return filesToUpload(chunk.fileName, mapName, chunk.code, stamped.map, stamped.debugId);
}
