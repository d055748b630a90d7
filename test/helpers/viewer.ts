import type { StoredEvent } from '../../src/protocol/api.ts';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';
import { batch, batchEvent, send } from './batches.ts';
import type { Page } from './browser.ts';
import type { TestCollector } from './collector.ts';

/** Signs in by a one-time link, as a person does who has just started the collector. */
export async function signIn(page: Page, { url, collector }: TestCollector, next = '/issues'): Promise<void> {
  const token = await collector.createSignInToken();
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}#${token}`);
  await sees(page, 'Live');
}

/** Sends one event over the wire, and waits until it can be read. */
export async function report(
  collector: TestCollector,
  event: Partial<BatchEvent> = {},
  fields: Partial<Batch> = {},
): Promise<{ id: string; issueId: string }> {
  const sent = batchEvent(event);
  await send(collector.endpoint, batch([sent], fields));
  await collector.digested();
  const { issueId } = await collector.api<StoredEvent>(`/api/events/${sent.id}`);
  return { id: sent.id, issueId };
}

/** Waits until a person can read `text` on the page. */
export async function sees(page: Page, text: string): Promise<void> {
  await page.waitFor(`document.body.innerText.includes(${JSON.stringify(text)})`);
}
