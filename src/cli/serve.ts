import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { createCollector, type Collector } from '../server/index.ts';
import { messageOf } from '../server/lib/message-of.ts';
import { explainFailure } from './explain-failure.ts';
import { onStop } from './on-stop.ts';
import type { ServeOptions } from './parse-arguments.ts';
import { readVersion } from './read-version.ts';
import { startText } from './start-text.ts';

/** V8 lets garbage grow to several times of what is used before it looks for it; a burst would take twice the memory. */
const heapGrowingPercent = 80;

/**
 * Each thread of Node's pool that has compressed something keeps 9 MB for the next time. Two are enough for the collector's
 * two cores: one compresses what is stored, the other unpacks what comes.
 */
const poolThreads = '2';

/** Runs the collector until SIGINT or SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  // Before the pool's first work, which starts it.
  process.env['UV_THREADPOOL_SIZE'] ??= poolThreads;
  setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
  const dataDir = resolve(options.dataDir);
  const { tls: files, logLevel, logRecords, logFiles, ...rest } = options;
  const outputs = {
    ...(logRecords && { terminal: { format: logRecords, stream: process.stdout } }),
    ...(logFiles && { files: { folder: resolve(logFiles.folder), days: logFiles.days } }),
  };
  const tls = files && readTls(files);
  const logger = { level: logLevel, stream: process.stderr };
  const collector = await createCollector({ ...rest, dataDir, logger, outputs, ...(tls && { tls }) });
  const { url } = await collector.listen().catch(async (error: unknown) => {
    await collector.close();
    throw error;
  });
  onStop(() => void stop(collector));
  // Behind a proxy, or in a container, nobody's browser is where it listens.
  const origin = options.publicUrl?.replace(/\/+$/, '') ?? url;
  const text = startText({
    version: readVersion(),
    url: origin,
    endpoint: `${origin}/in/${collector.key}`,
    dataDir,
    viewerToken: await collector.createSignInToken(),
    ...(options.demo && { demoToken: await collector.createSignInToken() }),
  });
  process.stdout.write(text);
}

function readTls(files: { cert: string; key: string }): { cert: string; key: string } {
  const tls = { cert: readPem(files.cert), key: readPem(files.key) };
  try {
    createSecureContext(tls);
    return tls;
  } catch (error) {
    const why = messageOf(error);
    throw new Error(`The certificate ${files.cert} and the key ${files.key} cannot be used: ${why}.`, { cause: error });
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The file ${file} cannot be read.`, { cause: error });
  }
}

async function stop(collector: Collector): Promise<void> {
  process.stdout.write('\n  Stopping ...\n');
  try {
    await collector.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`pagefault: ${explainFailure(error)}\n`);
    process.exit(1);
  }
}
