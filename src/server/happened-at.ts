const toleranceMs = 60_000;
/** An outbox gives up long before; what is older is a clock that lies. */
const oldestMs = 90 * 86_400_000;

/** When an event happened, by the collector's clock, and never in the future. All times are ms since 1970. */
export function happenedAt(at: number, sentAt: number, receivedAt: number): number {
  const isPageClockWrong = Math.abs(receivedAt - sentAt) > toleranceMs;
  const corrected = isPageClockWrong ? receivedAt - (sentAt - at) : at;
  return Math.round(Math.min(receivedAt, Math.max(receivedAt - oldestMs, corrected)));
}
