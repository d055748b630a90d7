import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const contentTypes: Record<string, string> = {
  '.html': 'text/html;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.mjs': 'text/javascript;charset=utf-8',
  '.css': 'text/css;charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** An answer: its body, or a function that answers as it likes. */
export type Content = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

export interface SiteOptions {
  /** Path (`/app.js`; `/` is the page itself) to content. */
  files?: Record<string, Content>;
  /** Serves the files of this folder where `files` has nothing. */
  folder?: string;
  /** Sent with every answer, such as a Content-Security-Policy. */
  headers?: OutgoingHttpHeaders;
}

export interface Site {
  /** Without a slash at its end. A second site has another port, so it is another origin. */
  url: string;
  close(): Promise<void>;
}

async function contentOf(path: string, { files = {}, folder }: SiteOptions): Promise<Content | undefined> {
  if (Object.hasOwn(files, path)) return files[path];
  if (folder === undefined) return undefined;
  const file = join(folder, normalize(path.endsWith('/') ? `${path}index.html` : path));
  return readFile(file).catch(() => undefined);
}

async function answer(options: SiteOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
  const content = await contentOf(path, options);
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (value !== undefined) response.setHeader(name, value);
  if (typeof content === 'function') return content(request, response);
  response.statusCode = content === undefined ? 404 : 200;
  response.setHeader('content-type', contentTypes[extname(path) || '.html'] ?? 'application/octet-stream');
  response.end(content);
}

/** Serves pages for a test on a free port of 127.0.0.1. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const server = createServer((request, response) => void answer(options, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
