// For the type of `window.pagefault` in the functions that tests run in a page.
import type {} from '../../src/client/script.ts';
import type { StoredEvent } from '../../src/protocol/api.ts';
import type { Event } from '../../src/protocol/event.ts';
import type { Page } from './browser.ts';
import { startCollector } from './collector.ts';
import { startSite, type Content, type Site } from './site.ts';

export interface ReportedPages {
  site: Site;
  collector: Awaited<ReturnType<typeof startCollector>>;
  /** A URL of the page that no other test has, so that its events can be told apart. */
  newUrl(path?: string): string;
  /** Waits until the page's reporter has had its answers, then gives all events of that URL, oldest first. */
  eventsOf(page: Page, url: string): Promise<Event[]>;
  close(): Promise<void>;
}

let lastPage = 0;

/** A page with the built script's tag, in a site of its own, before a real collector. */
export async function startReportedPages(
  files: Record<string, Content> = {},
  attributes = '',
  headers: Record<string, string> = {},
): Promise<ReportedPages> {
  const collector = await startCollector();
  const tag = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}" ${attributes}></script>`;
  const html = `<!doctype html><meta charset="utf-8"><title>Page</title>${tag}<body>`;
  const site = await startSite({
    files: {
      '/': html,
      '/other': '<!doctype html><title>Other</title>',
      '/answer/500': (_, response) => response.writeHead(500).end('broken'),
      '/answer/404': (_, response) => response.writeHead(404).end('gone'),
      '/answer/200': (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('fine'),
      '/never': () => {},
      ...files,
    },
    headers,
  });
  const eventsAt = async (url: string): Promise<Event[]> => {
    const stored: StoredEvent[] = await collector.events();
    return stored
      .map(({ event }) => event)
      .filter((event) => event.page?.url === url)
      .sort((a, b) => a.at - b.at);
  };
  return {
    site,
    collector,
    newUrl: (path = '/') => `${site.url}${path}?page=${++lastPage}`,
    async eventsOf(page, url) {
      await page.evaluate('pagefault.flush()');
      await collector.digested();
      return eventsAt(url);
    },
    async close() {
      await site.close();
      await collector.close();
    },
  };
}
