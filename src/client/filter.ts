import type { Event } from '../protocol/event.ts';
import { toList } from './options.ts';
import type { NoiseRule, Options } from './options.ts';

/** Returns the event, or the name of the rule that dropped it. */
export function createFilter(options: Options): (event: Event) => Event | string {
  return (event) => {
    const { request } = event;
    const first = event.exceptions[0];
    const file = first?.frames.find(({ filename }) => filename)?.filename;
    const title = first ? `${first.type}: ${first.value}` : event.message;
    const text = `${file}\n${request?.url}\n${event.mechanism} ${request?.failure}\n${title}\n${document.documentElement.className}`;
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
    for (const name of Object.keys(rules) as NoiseRule[])
      if (options.noise?.[name] !== false && rules[name].test(text)) return name;
    // Texts and patterns alike; a pattern's own state (`lastIndex`) plays no part.
    const isIgnored = (value = '') => toList(options.ignore).some((pattern) => value.split(pattern).length > 1);
    if ([title, file, request?.url].some(isIgnored)) return 'ignore';
    // What is no number takes nothing away.
    return Math.random() > parseFloat(options.sampleRate as unknown as string) ? 'sample-rate' : event;
  };
}
