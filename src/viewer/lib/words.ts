import type { Mechanism } from '../../protocol/event.ts';
import { withoutZeros } from './named.ts';

/** How an event was noticed, in words. */
export const mechanismWords: Record<Mechanism, string> = {
  onerror: 'Uncaught error',
  onunhandledrejection: 'Promise rejected, nobody caught it',
  request: 'Failed request',
  resource: 'File that failed to load',
  csp: 'Blocked by the content security policy',
  console: 'console.error',
  report: 'Report by the browser',
  crash: 'Tab crashed',
  exception: 'Captured by hand',
  message: 'Message by hand',
  wrap: 'Caught in a wrapped function',
};

/** In the order in which they are shown; tags come after them. */
const propertyWords: Record<string, string> = {
  release: 'Release',
  browser: 'Browser',
  os: 'OS',
  device: 'Device',
  url: 'Page',
  environment: 'Environment',
  mechanism: 'Caught as',
  level: 'Level',
};

/** The name of a property whose values are counted. */
export function propertyWord(property: string): string {
  return propertyWords[property] ?? property.replace(/^tag:/, '');
}

const order = Object.keys(propertyWords);
const place = (property: string) => (order.includes(property) ? order.indexOf(property) : order.length);

/** For sorting: what tells most comes first. */
export const byImportance = (a: { property: string }, b: { property: string }) => place(a.property) - place(b.property);

export const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** A value of a property as a person reads it. */
export function valueWord(property: string, value: string): string {
  if (property === 'mechanism') return mechanismWords[value as Mechanism] ?? value;
  if (property === 'browser' || property === 'os') return withoutZeros(value);
  return (property === 'level' || property === 'device' ? capital(value) : value) || '(none)';
}

/** Why something was not kept, by the word that the page or the collector counts it under. */
const droppedWords: Record<string, string> = {
  extension: 'Errors of browser extensions',
  'resize-observer': 'ResizeObserver loop notices',
  aborted: 'Requests that were called off',
  'ad-blocker': 'Advertising and analytics that a blocker kept from loading',
  translation: 'Elements that a translator of pages has moved',
  'object-not-found': 'Scans by a mail program',
  handled: 'Rejections that were handled later',
  leaving: 'Requests cut off by leaving the page',
  ignore: 'Ignored by your patterns',
  'before-send': 'Dropped by your beforeSend',
  'sample-rate': 'Left out by your sample rate',
  'rate-limit': 'Beyond the page’s rate limit',
  'outbox-full': 'No room left in the page',
  expired: 'Too old when the page came back',
  refused: 'Refused by the collector',
  'sampled by the collector': 'Counted, details not kept',
  'rate limit of the collector': 'Beyond the project’s rate limit',
  'batch far beyond the rate limit': 'Batches far beyond the rate limit',
  'batch from an origin that is not allowed': 'Batches from origins not allowed',
};

export const droppedWord = (reason: string): string => droppedWords[reason] ?? reason;
