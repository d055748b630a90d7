/** Counts over a sliding window, in slots; plain data, so that a rule can keep it. */
export type Window = [slot: number, count: number][];

const slots = 60;

/** Length of a slot, ms: a sixtieth of the window, and no less than a second. */
const slotMs = (windowMs: number) => Math.max(1_000, windowMs / slots);

/** Counts at a time, and answers with the sum over the window that ends there. */
export function count(window: Window, windowMs: number, at: number, more: number): number {
  const slot = Math.floor(at / slotMs(windowMs));
  add(window, slot, more);
  return sumFrom(window, slot - Math.ceil(windowMs / slotMs(windowMs)) + 1);
}

/** Counts at a time in slots of a minute, and answers with the sum since the beginning of the first of them. */
export function countByMinute(window: Window, firstMinute: number, at: number, more: number): number {
  add(window, Math.floor(at / 60_000), more);
  return sumFrom(window, firstMinute);
}

function add(window: Window, slot: number, more: number): void {
  const last = window.at(-1);
  if (more > 0 && last && last[0] >= slot) last[1] += more;
  else if (more > 0) window.push([slot, more]);
}

/** Lets go of what is older. */
function sumFrom(window: Window, first: number): number {
  while (window[0] && window[0][0] < first) window.shift();
  return window.reduce((sum, [, each]) => sum + each, 0);
}
