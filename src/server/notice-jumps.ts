const dayMs = 86_400_000;

/**
 * Answers whether the clock may be believed to say how old something is: not for a day after it went ahead by more than a
 * day at once, so that whoever sets clocks can set it right. `passedMs` is of a clock that nobody sets.
 */
export function createNoticeJumps(onJump: (days: number) => void): (now: number, passedMs: number) => boolean {
  let last: number | undefined;
  let believedFrom = 0;
  return (now, passedMs) => {
    const ahead = now - passedMs;
    const jumped = ahead - (last ?? ahead);
    last = ahead;
    if (jumped > dayMs) {
      believedFrom = passedMs + dayMs;
      onJump(Math.round(jumped / dayMs));
    } else if (jumped < -dayMs) believedFrom = 0;
    return passedMs >= believedFrom;
  };
}
