import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IssueList } from '../../../src/protocol/api.ts';
import { starters, type Engine } from '../../helpers/browser.ts';
import { startCollector } from '../../helpers/collector.ts';
import { Page } from '../../helpers/browsers/page.ts';
import { ours } from './reporters.ts';
import { startShop } from './stage.ts';

const errors = 100;
const halfTripMs = 60;

export interface WireCost {
  /** Bytes of all bodies that came to the collector, those sent again included, for each error. */
  bytesPerEvent: number;
  requests: number;
  /** Errors that the collector has, of so many. */
  delivered: number;
  of: number;
}

/** Stands before the collector, as far away as in life, and counts what passes. */
async function startCounter(target: string) {
  const seen = { requests: 0, bytes: 0 };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.requests++;
      seen.bytes += body.length;
      setTimeout(() => {
        const { method, headers } = incoming;
        const onward = httpRequest(new URL(incoming.url ?? '/', target), { method, headers, agent: false });
        onward.on('error', () => outgoing.destroy());
        onward.on('response', (response) => {
          setTimeout(() => {
            outgoing.writeHead(response.statusCode ?? 502, response.headers);
            response.pipe(outgoing);
          }, halfTripMs);
        });
        onward.end(body);
      }, halfTripMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

/** 100 different errors in one task, after 50 steps of a user: what the script that ships sends to a real collector. */
export async function measureWire(engine: Engine): Promise<WireCost> {
  const collector = await startCollector();
  const counter = await startCounter(collector.url);
  const { script } = ours();
  const source = script(counter.url).replace('/in/key', `/in/${collector.key}`);
  const shop = await startShop([{ name: 'ours', script: () => source }], counter.url);
  const browser = await starters[engine]();
  const count = async () => {
    const { issues } = await collector.api<IssueList>('/api/issues?limit=100');
    return issues.reduce((sum, { events }) => sum + events, 0);
  };
  try {
    const session = await browser.newSession();
    const page = new Page(await session.newPage());
    await page.goto(`${shop.url}/0`);
    await page.evaluate('walk(50)');
    await page.evaluate(`burstInOneTask(${errors})`);
    await page.evaluate('pagefault.flush()');
    // What comes twice would come now.
    await sleep(1_000);
    let delivered = await count();
    for (let wait = 0; delivered < errors && wait < 50; wait++) {
      await sleep(100);
      delivered = await count();
    }
    await session.close();
    const { bytes, requests } = counter.seen;
    return { bytesPerEvent: bytes / errors, requests, delivered, of: errors };
  } finally {
    await browser.close();
    await shop.close();
    counter.close();
    await collector.close();
  }
}
