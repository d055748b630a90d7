/** Seriousness, from least to most. */
export const levels = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'] as const;
export type Level = (typeof levels)[number];

/** How an event was noticed. `exception` and `message` were captured by hand. */
export const mechanisms = [
  'onerror',
  'onunhandledrejection',
  'request',
  'resource',
  'csp',
  'console',
  'report',
  'crash',
  'exception',
  'message',
  'wrap',
] as const;
export type Mechanism = (typeof mechanisms)[number];

/** One line of a stack, in the order of `error.stack`: newest first. Lines and columns are 1-based. */
export interface Frame {
  function?: string;
  /** URL of the script as the engine names it. */
  filename?: string;
  lineno?: number;
  colno?: number;
}

/** A thrown value. Values that are no errors have the type that a person would call them by (`string`, `Object`). */
export interface Exception {
  type: string;
  value: string;
  frames: Frame[];
  /** Index of the exception this one belongs to; absent for the thrown value itself. */
  parent?: number;
  /** Why it belongs to its parent: `error.cause`, or one of `AggregateError.errors`. */
  relation?: 'cause' | 'member';
}

/** What a step before an event was. */
export const breadcrumbKinds = ['click', 'input', 'navigation', 'request', 'console', 'log', 'custom'] as const;
export type BreadcrumbKind = (typeof breadcrumbKinds)[number];

/** Something that happened before. */
export interface Breadcrumb {
  /** Milliseconds since 1970 by the page's clock. */
  at: number;
  kind: BreadcrumbKind;
  /** What a person reads: a selector, a URL, a console line. */
  text: string;
  level?: Level;
  data?: Record<string, unknown>;
}

/** Why a request failed, as far as a page can know. */
export const requestFailures = ['http', 'network', 'timeout', 'aborted', 'csp', 'offline'] as const;

/** A request that failed. Never its body. */
export interface FailedRequest {
  method: string;
  url: string;
  /** HTTP status; absent when no answer came. */
  status?: number;
  durationMs?: number;
  failure: (typeof requestFailures)[number];
}

export interface Named {
  name: string;
  version?: string;
}

/** What the page was shown on. */
export const deviceKinds = ['desktop', 'mobile', 'tablet', 'tv', 'bot', 'unknown'] as const;

export interface Device {
  kind: (typeof deviceKinds)[number];
  model?: string;
}

/** What a browser tells its page of itself, beyond the User-Agent header of its requests. */
export interface Hints {
  /** `navigator.userAgent`: by the time it is sent, the browser may be a newer one. */
  userAgent?: string;
  /** `navigator.maxTouchPoints`: an iPad calls itself a Mac otherwise. */
  touchPoints?: number;
  /** Of `navigator.userAgentData`, as the next ones. */
  fullVersionList?: { brand: string; version: string }[];
  platformVersion?: string;
  model?: string;
}

export interface Page {
  url: string;
  title?: string;
  referrer?: string;
  /** Width and height in CSS pixels. */
  viewport?: [number, number];
  screen?: [number, number];
  pixelRatio?: number;
  language?: string;
  timeZone?: string;
  visibility?: string;
  online?: boolean;
  /** `effectiveType` of the Network Information API. */
  connection?: string;
  /** `navigator.deviceMemory`, GB. */
  memory?: number;
  /** The page was being left when the event was made. */
  leaving?: boolean;
}

export interface UserInfo {
  id?: string;
  name?: string;
  email?: string;
}

/** What most events of a page have in common: a batch says it once. */
export interface Context {
  release?: string;
  environment?: string;
  /** Random, lives as long as the tab's document. */
  session?: string;
  browser?: Named;
  os?: Named;
  device?: Device;
  /** Only from page to collector, which makes of it what `browser`, `os` and `device` do not say. */
  hints?: Hints;
  page?: Page;
  user?: UserInfo;
  tags?: Record<string, string>;
  extra?: Record<string, unknown>;
  /** By the URL of a script, the debug id that its build gave it: finds its source map whatever its name. */
  debugIds?: Record<string, string>;
}

/** One report, whole. `beforeSend` sees this, every stage of the collector works on it, the API returns it. */
export interface Event extends Context {
  /** Random, made in the page: 16 to 64 characters of `A-Za-z0-9_-`. The collector stores an id once. */
  id: string;
  /** Milliseconds since 1970 by the page's clock. */
  at: number;
  level: Level;
  mechanism: Mechanism;
  /** The page dealt with it itself, and reported it by hand. */
  handled: boolean;
  /** The thrown value first, then its causes and members. Empty for a plain message. */
  exceptions: Exception[];
  /** Text of `captureMessage`. */
  message?: string;
  request?: FailedRequest;
  /** Groups by these words instead of by what happened. `{{default}}` stands for the usual grouping. */
  fingerprint?: string[];
  /** Oldest first. */
  breadcrumbs: Breadcrumb[];
  /** How often it happened before it was sent; at least 1. */
  count: number;
}
