import type { Exception, FailedRequest, Frame, Level, Mechanism } from '../../protocol/event.ts';

/** What a source hands to the pipeline. */
export interface Captured {
  mechanism: Mechanism;
  /** The thrown value in a list of one, because `undefined` is a value too. */
  thrown?: [unknown];
  /** Instead of `thrown`, when the browser gave no value. */
  exceptions?: Exception[];
  /** Where it was thrown, for values without a stack. */
  place?: Frame;
  message?: string;
  request?: FailedRequest;
  /** What the page was given as the reason of a failed request, and where the request was made. */
  requestError?: unknown;
  site?: { stack?: string | undefined } | undefined;
  level?: Level;
  handled?: boolean;
  at?: number;
}

export type Report = (captured: Captured) => void;
