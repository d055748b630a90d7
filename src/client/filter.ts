import type { Event } from '../protocol/event.ts';
import type { NoiseRule, Options } from './options.ts';

// Each is matched against four lines: the script that threw, the URL asked for, how it was caught, and `Type: message`.
const rules: Record<NoiseRule, RegExp> = {
  extension: /(^|blocked )([\w-]+-extension|webkit-masked-url)/m,
  // The specification asks for this report; nothing is broken.
  'resize-observer': /ResizeObserver loop/,
  aborted: /\n.* aborted\n|\nonunhandledrejection .*\nAbortError/,
  // Microsoft's link scanner runs pages in a browser of its own and rejects with this.
  'object-not-found': /Object Not Found Matching Id/,
};

/** Returns the event, or the name of the rule that dropped it. */
export function createFilter({ noise, ignore = [], sampleRate = 1 }: Options): (event: Event) => Event | string {
  return (event) => {
    const {
      mechanism,
      request,
      message = '',
      exceptions: [first],
    } = event;
    const file = first?.frames.find(({ filename }) => filename)?.filename ?? '';
    const title = first ? `${first.type}: ${first.value}` : message;
    const text = `${file}\n${request?.url}\n${mechanism} ${request?.failure}\n${title}`;
    for (const [name, rule] of Object.entries(rules)) {
      if (noise?.[name as NoiseRule] !== false && rule.test(text)) return name;
    }
    const isIgnored = (value = '') =>
      ignore.some((pattern) => (typeof pattern === 'string' ? value.includes(pattern) : value.search(pattern) >= 0));
    if ([title, file, request?.url].some(isIgnored)) return 'ignore';
    return Math.random() < sampleRate ? event : 'sample-rate';
  };
}
