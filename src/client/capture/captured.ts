import type { FailedRequest, Frame, Level, Mechanism } from '../../protocol/event.ts';

/** What a source hands to the pipeline. */
export interface Captured {
  mechanism: Mechanism;
  /** The thrown value in a list of one, because `undefined` is a value too. */
  thrown?: [unknown];
  /** Instead of `thrown`, when the browser gave no value; without a type, the text may begin with it. */
  _type?: string;
  _value?: string;
  /** Where it was thrown, for values without a stack. */
  _place?: Frame;
  /** Made where the request was: the engines give network failures no stack. */
  _site?: Error | undefined;
  message?: string;
  request?: FailedRequest;
  level?: Level;
  handled?: boolean;
  at?: number;
  /** What a worker tells has an id from there, and the debug ids of its scripts. */
  id?: string;
  debugIds?: Record<string, string>;
}

/**
 * `reason` is what the page was given for it: that object is not reported once more. `promise` is what was rejected: it
 * may be handled later.
 */
export type Report = (captured: Captured | undefined, reason?: unknown, promise?: object) => void;
