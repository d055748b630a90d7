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
  const { issueId } = await collector.waitForEvent((stored) => stored.event.id === sent.id);
  return { id: sent.id, issueId };
}

/** Waits until a person can read `text` on the page. */
export async function sees(page: Page, text: string): Promise<void> {
  await page.waitFor(`document.body.innerText.includes(${JSON.stringify(text)})`);
}

/** Clicks what a person would call by this name: a button, a link, or the summary of something folded. */
export async function press(page: Page, name: string): Promise<void> {
  const mark = `(() => {
    document.querySelector('[data-named]')?.removeAttribute('data-named');
    const found = [...document.querySelectorAll('button, a[href], summary')]
      .find((element) => (element.ariaLabel ?? element.innerText).trim() === ${JSON.stringify(name)} && !element.disabled);
    found?.setAttribute('data-named', '');
    return Boolean(found);
  })()`;
  await page.waitFor(mark);
  await page.click('[data-named]');
}

/** Chooses an option of the select box that a person would call by `label`. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.waitFor(`(() => {
    const box = [...document.querySelectorAll('select')].find((select) =>
      [select.ariaLabel ?? '', ...[...select.labels].map((each) => each.innerText)].some((text) => text.trim().startsWith(${JSON.stringify(label)})));
    const wanted = [...(box?.options ?? [])].find((each) => each.text.trim() === ${JSON.stringify(option)});
    if (!wanted || box.disabled) return false;
    box.value = wanted.value;
    box.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  })()`);
}
