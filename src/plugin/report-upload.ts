import type { ResolvedOptions } from './options.ts';
import { isMap, uploadFiles, type Uploaded, type UploadFile } from './upload.ts';
import { messageOf } from './message-of.ts';

/** Where the build's own lines go, as its bundler wants them. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
}

/**
 * Uploads what a build made and says how it went. Throws only when `strict` is set: a collector that is down must not
 * keep anybody from shipping.
 */
export async function reportUpload(files: UploadFile[], options: ResolvedOptions, log: Log): Promise<void> {
  const { url, token, release, upload, strict, quiet } = options;
  if (files.length === 0 || !upload) return;
  if (url === undefined || token === undefined) {
    const missing = url === undefined ? 'url (or PAGEFAULT_URL)' : 'token (or PAGEFAULT_TOKEN)';
    if (!quiet) log.info(`${maps(files.filter(isMap).length)} not uploaded, for there is no ${missing}`);
    return;
  }
  try {
    const start = performance.now();
    const uploaded = await uploadFiles({ url, token, release }, files, quiet ? undefined : progress());
    if (!quiet) log.info(summary(uploaded, url, release, performance.now() - start));
    for (const { name, reason } of uploaded.failed) log.warn(`${name} was refused: ${reason}`);
    if (strict && uploaded.failed.length > 0) throw new Error('some maps were refused');
  } catch (error) {
    const reason = messageOf(error);
    if (strict) throw new Error(`pagefault: the source maps were not uploaded: ${reason}`, { cause: error });
    log.warn(`the source maps were not uploaded, and the build goes on: ${reason}`);
  }
}

/** `12 source maps of release 1.4.2 are in https://errors.example.com (9 were there before), 310 kB in 0.8 s`. */
export function summary(
  { count, known, bytes }: Uploaded,
  url: string,
  release: string | undefined,
  ms: number,
): string {
  const of = release === undefined ? '' : ` of release ${release}`;
  const before = known === 0 ? '' : known === count ? ' (all were there before)' : ` (${known} were there before)`;
  const host = new URL(url).origin;
  return `${maps(count)}${of} ${count === 1 ? 'is' : 'are'} in ${host}${before}, ${size(bytes)} in ${(ms / 1_000).toFixed(1)} s`;
}

const maps = (count: number) => `${count} source ${count === 1 ? 'map' : 'maps'}`;

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** One line that is written over, where there is a person to read it. */
export function progress(stream: NodeJS.WriteStream = process.stderr): (done: number, all: number) => void {
  if (!stream.isTTY) return () => undefined;
  return (done, all) => stream.write(done === all ? '\r\u001b[K' : `\r  uploading source maps ${done}/${all}`);
}
