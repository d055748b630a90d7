import type { Breadcrumb, Event, Page } from '../protocol/event.ts';
import { maskCards } from './mask-cards.ts';

export const mask = '[masked]';

/** Names whose values never reach the disk. The page masks the same; whoever sends by other means may not. */
const secretName =
  /passw|passphrase|pwd|secret|token|api[-_]?key|auth|cookie|session[-_]?id|credential|private[-_]?key|card|cvv|cvc|iban|ssn|\bpin\b|otp/i;

/** A copy of the event without secrets: values under telling names, credentials and secret query values in URLs. */
export function scrub(event: Event): Event {
  const scrubbed: Event = { ...event, breadcrumbs: event.breadcrumbs.map(scrubBreadcrumb) };
  if (event.page) scrubbed.page = scrubPage(event.page);
  if (event.request) scrubbed.request = { ...event.request, url: scrubUrls(event.request.url) };
  if (event.tags) scrubbed.tags = scrubValue(event.tags) as Record<string, string>;
  if (event.extra) scrubbed.extra = scrubValue(event.extra) as Record<string, unknown>;
  if (event.message !== undefined) scrubbed.message = scrubUrls(event.message);
  scrubbed.exceptions = event.exceptions.map((exception) => ({ ...exception, value: scrubUrls(exception.value) }));
  return scrubbed;
}

function scrubBreadcrumb(breadcrumb: Breadcrumb): Breadcrumb {
  const scrubbed = { ...breadcrumb, text: scrubUrls(breadcrumb.text) };
  if (breadcrumb.data) scrubbed.data = scrubValue(breadcrumb.data) as Record<string, unknown>;
  return scrubbed;
}

function scrubPage(page: Page): Page {
  const scrubbed = { ...page, url: scrubUrls(page.url) };
  if (page.referrer !== undefined) scrubbed.referrer = scrubUrls(page.referrer);
  return scrubbed;
}

/** The parser has bounded depth and width already. */
function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubUrls(value);
  // As long as the number of a card.
  if (typeof value === 'number' && value >= 1e13) return maskCards(String(value), mask) === mask ? mask : value;
  if (Array.isArray(value)) return value.map(scrubValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? mask : scrubValue(inner)]),
  );
}

/** JSON web tokens, wherever they stand, paths of links that reset a password too; and what stands behind `Bearer`. */
const credential = /(?<![\w-])eyJ[\w-]{8,1000}\.[\w-]{2,1000}(?:\.[\w-]{0,1000})?|\b([Bb]earer )[\w.~+/=-]{8,1000}/g;

/** Keys that say by their first letters whose they are: Stripe's, GitHub's, GitLab's, Slack's, Amazon's, Google's, npm's. */
const knownKey =
  /(?<![\w-])(?:(?:[sr]k_(?:live|test)_|gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|A[KS]IA|AIza)[\w-]{16,255}|npm_[A-Za-z\d]{36})/g;

/**
 * In URLs anywhere in a text: `user:password@` goes, and the values of query and fragment parameters with telling names. In
 * any text: credentials and numbers of cards, which are known by their look.
 */
export function scrubUrls(text: string): string {
  let scrubbed = text;
  if (text.includes('@')) scrubbed = scrubbed.replace(/(:\/\/)[^\s/?#@]{1,500}@/g, '$1');
  if (text.includes('=')) {
    scrubbed = scrubbed.replace(
      /([?&#;])([^\s=&?#;]{1,100})=([^\s&#;"'<>]{1,2000})/g,
      (whole, before: string, name: string) => (secretName.test(name) ? `${before}${name}=${mask}` : whole),
    );
  }
  if (text.includes('eyJ') || text.includes('earer '))
    scrubbed = scrubbed.replace(credential, (_, name: string = '') => name + mask);
  return maskCards(scrubbed.replace(knownKey, mask), mask);
}
