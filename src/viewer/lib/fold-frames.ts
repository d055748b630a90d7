import type { ShownFrame } from '../../protocol/api.ts';

export interface FrameRun {
  frames: ShownFrame[];
  isFolded: boolean;
}

/** Runs of frames, those of others folded. A stack without one frame of the site's own stays open: it is all there is. */
export function foldFrames(frames: ShownFrame[]): FrameRun[] {
  const hasOwn = frames.some((frame) => frame.inApp);
  const runs: FrameRun[] = [];
  for (const frame of frames) {
    const isFolded = hasOwn && !frame.inApp;
    const last = runs.at(-1);
    if (last?.isFolded === isFolded) last.frames.push(frame);
    else runs.push({ frames: [frame], isFolded });
  }
  return runs;
}
