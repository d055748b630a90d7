import type { Mechanism } from '../../protocol/event.ts';

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
  return (property === 'level' || property === 'device' ? capital(value) : value) || '(none)';
}
