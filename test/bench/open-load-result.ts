/** What a process of open-load.ts saw. */
export interface OpenLoadResult {
  /** Number of answers by status; 0 for connections that broke. */
  statuses: Record<number, number>;
  /** From sending to the end of the answer, ms, by status. */
  latencies: Record<number, number[]>;
  /** How much later than due each was sent, ms. */
  lags: number[];
  /** Indexes of the requests that were acknowledged. */
  acknowledged: number[];
  /** 429 without Retry-After. */
  without: number;
  connections: number;
  /** Requests that could not be sent when they were due. */
  skipped: number;
}

/** The id of an event of the request with this index. */
export const idOf = (name: string, request: number, event: number): string =>
  `${name}${request.toString(36).padStart(11, '0')}${event.toString(36).padStart(4, '0')}`;
