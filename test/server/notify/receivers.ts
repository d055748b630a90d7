import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { until } from '../../helpers/until.ts';

export interface Received {
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** `text` as JSON. */
  json: Record<string, unknown>;
  /** When it had come, ms. */
  at: number;
}

export interface HttpReceiver {
  url: string;
  received: Received[];
  /** Statuses of the answers to come; 200 when there are no more. */
  statuses: number[];
  /** Resolves when so many requests have come. */
  came(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

/** A server that keeps what is posted to it, and takes its time to answer. */
export async function startHttpReceiver({ answerAfterMs = 0, says = 'thank you' } = {}): Promise<HttpReceiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const json = JSON.parse(text) as Record<string, unknown>;
      received.push({ headers: request.headers, text, json, at: Date.now() });
      const answer = () => response.writeHead(statuses.shift() ?? 200).end(says);
      if (answerAfterMs > 0) setTimeout(answer, answerAfterMs);
      else answer();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/with-a-secret`,
    received,
    statuses,
    async came(count) {
      await until(
        () => received.length >= count,
        () => received.length,
      );
      return received;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface MailReceiver {
  url: string;
  mails: Email[];
  came(count: number): Promise<Email[]>;
  close(): Promise<void>;
}

/** A mail server that takes every mail. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          mails.push(mail);
          done();
        });
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    async came(count) {
      await until(
        () => mails.length >= count,
        () => mails.length,
      );
      return mails;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
