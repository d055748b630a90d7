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

const propertyWords: Record<string, string> = {
  browser: 'Browser',
  os: 'OS',
  device: 'Device',
  release: 'Release',
  environment: 'Environment',
  url: 'Page',
  user: 'User',
};

/** The name of a property whose values are counted. */
export function propertyWord(property: string): string {
  return propertyWords[property] ?? property.replace(/^tag:/, '');
}
