import type { Event, UserInfo } from '../protocol/event.ts';

/** Names of the built-in noise rules; `dropped` counts by them. */
export type NoiseRule = 'extension' | 'resize-observer' | 'aborted' | 'ad-blocker' | 'translation' | 'object-not-found';

/** What `init` takes. Only `endpoint` is required. */
export interface Options {
  /** The collector's address with the project's write key at its end: `https://errors.example.com/in/KEY`. */
  endpoint: string;
  /** The deployed version, as your build knows it: `1.4.2` or a commit. */
  release?: string | undefined;
  /** Where it is deployed: `production`, `staging`. */
  environment?: string | undefined;
  user?: UserInfo | undefined;
  tags?: Record<string, string> | undefined;
  extra?: Record<string, unknown> | undefined;
  /** Share of events that are sent, 0 to 1. Default 1. What is left out is counted. */
  sampleRate?: number | undefined;
  /** Events whose `Type: message`, request URL or top script URL contains a string or matches a pattern are dropped, and counted: one or a list. */
  ignore?: string | RegExp | (string | RegExp)[] | undefined;
  /** Switches built-in noise rules off: `{ extension: false }`. All are on by default. */
  noise?: Partial<Record<NoiseRule, boolean>> | undefined;
  /**
   * Which answers to `fetch` and `XMLHttpRequest` are events: a list of statuses, or a function of status and URL.
   * Default: 500 and above. Requests without an answer are events too. `false`: none of them.
   */
  failedRequests?: boolean | number[] | ((status: number, url: string) => boolean) | undefined;
  /** Report images, scripts, styles and media that fail to load. Default true. */
  resources?: boolean | undefined;
  /** Keep console calls as breadcrumbs. Default true; the browser's console shows the page's own line beside each call. */
  console?: boolean | undefined;
  /**
   * More names whose values are masked, beside `password`, `token`, `card` and their like: one pattern or a list, each
   * matching a part of the name.
   */
  mask?: string | RegExp | (string | RegExp)[] | undefined;
  /** Sees a scrubbed copy of each event before it is queued. Return it, changed or not, or null to drop it; what it adds is scrubbed too. */
  beforeSend?: ((event: Event) => Event | null | undefined) | undefined;
  /** `memory`: nothing is kept in `localStorage` until the collector has answered. Default `storage`. */
  outbox?: 'storage' | 'memory' | undefined;
  /** Print what goes wrong inside the reporter. Default false. */
  debug?: boolean | undefined;
}

/** What may be one or a list; an empty text is none. */
export const toList = <T>(option?: T | T[]): T[] => [option].flat().filter(Boolean) as T[];

/** The attributes of a script tag are texts. */
export const isOff = (option?: boolean): boolean => String(option) === 'false';
