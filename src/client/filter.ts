import type { Event } from '../protocol/event.ts';
import type { Options } from './options.ts';

/** Names of the built-in noise rules; `dropped` counts by them. */
export type NoiseRule = 'extension' | 'resize-observer' | 'aborted' | 'object-not-found' | 'cancelled-media';

/** The first script named by the stack: whose code threw. */
export const topFile = ({ exceptions }: Event): string =>
  exceptions[0]?.frames.find(({ filename }) => filename)?.filename ?? '';

const text = ({ exceptions: [first], message = '' }: Event) => (first ? `${first.type}: ${first.value}` : message);

const rules: Record<NoiseRule, (event: Event) => boolean> = {
  extension: (event) => /^[\w-]+-extension:|^webkit-masked-url:/.test(topFile(event)),
  // The specification asks for this report; nothing is broken.
  'resize-observer': (event) => /ResizeObserver loop/.test(text(event)),
  aborted: (event) =>
    event.request?.failure === 'aborted' ||
    (event.mechanism === 'onunhandledrejection' && /^AbortError/.test(text(event))),
  // Microsoft's link scanner runs pages in a browser of its own and rejects with this.
  'object-not-found': (event) => /Object Not Found Matching Id/.test(text(event)),
  // `play()` interrupted by `pause()` or by the removal of the element.
  'cancelled-media': (event) => /The play\(\) request was interrupted/.test(text(event)),
};

const matches = (pattern: string | RegExp, value: string) =>
  typeof pattern === 'string' ? value.includes(pattern) : value.search(pattern) >= 0;

/** Returns the event, or the name of the rule that dropped it. */
export function createFilter({ noise, ignore = [], sampleRate = 1 }: Options): (event: Event) => Event | string {
  return (event) => {
    for (const rule of Object.keys(rules) as NoiseRule[]) {
      if (noise?.[rule] !== false && rules[rule](event)) return rule;
    }
    const values = [text(event), event.request?.url ?? '', topFile(event)];
    if (ignore.some((pattern) => values.some((value) => matches(pattern, value)))) return 'ignore';
    return Math.random() < sampleRate ? event : 'sample-rate';
  };
}
