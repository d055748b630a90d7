import { init } from '../src/client/index.ts';

/** The endpoint that the collector wrote into the page, whole; empty when the page was served by something else. */
export const endpoint = readEndpoint();

function readEndpoint(): string {
  const path = document.querySelector<HTMLMetaElement>('meta[name="pagefault-endpoint"]')?.content;
  return path ? new URL(path, location.href).href : '';
}

/** Starts Pagefault as any single-page application would. */
export function startReporter(): void {
  if (!endpoint) return;
  init({ endpoint, release: 'crackle-1.0.0', environment: 'demo' });
}
