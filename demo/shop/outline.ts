/** Distance from the top and half the width there. */
export type ProfilePoint = [y: number, half: number];

const axis = 100;

/** A smooth closed outline through a profile and its mirror image (Catmull-Rom as Bezier curves). */
export function outline(profile: ProfilePoint[]): string {
  const right = profile.map(([y, half]): [number, number] => [axis + half, y]);
  const left = profile.map(([y, half]): [number, number] => [axis - half, y]).reverse();
  const [start] = right;
  if (!start) return '';
  const [x, y] = left[0] ?? start;
  // The foot is round, too: seen from a little above, its front edge hangs lower.
  return `M${start.join(' ')}${curves(right)}Q${axis} ${round(y + (axis - x) * 0.22)} ${x} ${y}${curves(left)}Z`;
}

function curves(points: [number, number][]): string {
  let path = '';
  for (let index = 0; index + 1 < points.length; index++) {
    const at = (offset: number): [number, number] =>
      points[Math.min(Math.max(index + offset, 0), points.length - 1)] ?? [0, 0];
    const [x0, y0] = at(-1);
    const [x1, y1] = at(0);
    const [x2, y2] = at(1);
    const [x3, y3] = at(2);
    path += `C${round(x1 + (x2 - x0) / 6)} ${round(y1 + (y2 - y0) / 6)} ${round(x2 - (x3 - x1) / 6)} ${round(y2 - (y3 - y1) / 6)} ${x2} ${y2}`;
  }
  return path;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
