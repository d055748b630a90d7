import type { Event } from '../protocol/event.ts';
import type { NoiseRule, Options } from './options.ts';

// Each is matched against five lines: the script that threw, the URL asked for, how it was caught, `Type: message`, and the
// classes of the page's root.
const rules: Record<NoiseRule, RegExp> = {
  extension: /(^|blocked )([\w-]+extension|webkit-masked-url)(:|$)/m,
  // The specification asks for this report; nothing is broken.
  'resize-observer': /ResizeObserver loop/,
  aborted: /\n(onunhandledrejection .*\nAbortError|request aborted\n)/,
  // Advertising and analytics that blockers keep from loading.
  'ad-blocker': /\n.*(doubleclick|google-analytics|googletagmanager).*\n.* network/,
  // Translators put elements between those of the page, whose framework does not find them where it left them.
  translation: /\nNotFoundError.*\n.*translated-/,
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
    const file = first?.frames.find(({ filename }) => filename)?.filename;
    const title = first ? `${first.type}: ${first.value}` : message;
    const text = `${file}\n${request?.url}\n${mechanism} ${request?.failure}\n${title}\n${document.documentElement.className}`;
    for (const name of Object.keys(rules) as NoiseRule[])
      if (noise?.[name] !== false && rules[name].test(text)) return name;
    // Texts and patterns alike; a pattern's own state (`lastIndex`) plays no part.
    const isIgnored = (value = '') => ignore.some((pattern) => value.split(pattern).length > 1);
    if ([title, file, request?.url].some(isIgnored)) return 'ignore';
    return Math.random() < sampleRate ? event : 'sample-rate';
  };
}
