import { createStream } from 'rotating-file-stream';
import { logLine } from '../log-line.ts';
import type { LiveFeed, LogFeed } from '../notify/live.ts';
import { jsonLine, prettyLine, type Line } from './line.ts';

/** A stream of Node, such as `process.stdout`; said without Node's types, which who embeds a collector may not have. */
export interface TerminalStream {
  isTTY?: boolean;
  write(text: string): unknown;
}

export interface OutputOptions {
  /** Where each record and event is written as it comes: for people, or as JSON. Default: nowhere. */
  terminal?: { format: 'pretty' | 'json'; stream: TerminalStream };
  /** Folder of files of a day each, made if missing, and how many of them are kept. Default: none are written. */
  files?: { folder: string; days: number };
}

/** A disk that does not keep up must not fill the memory: lines beyond this are not written. */
const maxWaitingBytes = 16 * 1_048_576;

/** Writes records and events out as they are kept; answers with the function that ends it. */
export function startOutputs(
  { terminal, files: wanted }: OutputOptions,
  { live, logFeed }: { live: LiveFeed; logFeed: LogFeed },
  onError: (error: unknown) => void,
): () => Promise<void> {
  const files = wanted && openFiles(wanted.folder, wanted.days, onError);
  const write = (line: Line) => {
    if (terminal) {
      const text =
        terminal.format === 'pretty' ? prettyLine(line, terminal.stream as NodeJS.WriteStream) : jsonLine(line);
      terminal.stream.write(`${text}\n`);
    }
    files?.write(jsonLine(line));
  };
  const stops =
    terminal || files
      ? [
          logFeed.onMessage((records) => {
            for (const record of records) write({ kind: 'record', ...logLine(record) });
          }),
          live.onMessage(({ error }) => write({ kind: 'event', ...error })),
        ]
      : [];
  return async () => {
    for (const stop of stops) stop();
    await files?.close();
  };
}

/** `pagefault.ndjson` has today; when the day (UTC) ends it becomes `pagefault-2026-11-21.ndjson`. */
function openFiles(folder: string, days: number, onError: (error: unknown) => void) {
  const nameOf = (time: number | Date | null, index = 1) =>
    time ? `pagefault-${dayOf(time)}${index > 1 ? `-${index}` : ''}.ndjson` : 'pagefault.ndjson';
  const stream = createStream(nameOf, {
    path: folder,
    interval: '1d',
    intervalUTC: true,
    intervalBoundary: true,
    initialRotation: true,
    maxFiles: days,
    mode: 0o600,
  });
  stream.on('error', onError);
  let isBehind = false;
  return {
    write(line: string) {
      const wasBehind = isBehind;
      isBehind = stream.writableLength > maxWaitingBytes;
      if (isBehind && !wasBehind) onError(new Error(`The disk of ${folder} does not keep up: lines are left out.`));
      if (!isBehind) stream.write(`${line}\n`);
    },
    close: () => new Promise<void>((resolve) => void stream.end(() => resolve())),
  };
}

const dayOf = (time: number | Date) => new Date(time).toISOString().slice(0, 10);
