import { computed, signal } from '@preact/signals';

const base = '/demo';

/** Where the visitor is, without the shop's own prefix: `/`, `/pot/moon-jar`, `/cart`. */
export const path = signal(readPath());

/** The words between the slashes. */
export const segments = computed(() => path.value.split('/').filter(Boolean));

function readPath(): string {
  return location.pathname.slice(base.length) || '/';
}

/** Address of a page of the shop, for links. */
export const hrefOf = (target: string): string => base + target;

/** Shows a page of the shop without loading a document. */
export function navigate(target: string): void {
  if (hrefOf(target) !== location.pathname) history.pushState(null, '', hrefOf(target));
  path.value = target;
  scrollTo(0, 0);
}

/** A click that opens a new tab or window stays the browser's. */
const isPlainClick = (click: MouseEvent): boolean =>
  click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;

/** Makes links below the shop's prefix navigate in place. */
export function followLinks(click: MouseEvent): void {
  const link = click.target instanceof Element ? click.target.closest('a') : null;
  if (!link || link.target || !isPlainClick(click) || link.hash) return;
  if (link.origin !== location.origin || !link.pathname.startsWith(`${base}/`)) return;
  click.preventDefault();
  navigate(link.pathname.slice(base.length));
}

addEventListener('popstate', () => {
  path.value = readPath();
});
