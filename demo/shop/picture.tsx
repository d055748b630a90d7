import { useId } from 'preact/hooks';
import { outline } from './outline.ts';
import { vessels } from './vessels.ts';

/** A pot drawn from its profile: clay, a dipped glaze with its drips, fine crackle, and a light from the left. */
export function Picture({ product, label }: { product: string; label?: string }) {
  const id = useId();
  const vessel = vessels[product];
  if (!vessel) return null;
  const body = outline(vessel.profile);
  const [rimY = 0, rimHalf = 0] = vessel.profile[0] ?? [];
  const described = label ? { role: 'img' as const, 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg class="picture" viewBox="0 0 200 200" {...described}>
      <defs>
        <clipPath id={`${id}-body`}>
          <path d={body} />
        </clipPath>
        <linearGradient id={`${id}-light`} x1="0" x2="1">
          <stop offset="0" stop-color="#000" stop-opacity=".2" />
          <stop offset=".3" stop-color="#fff" stop-opacity=".2" />
          <stop offset=".55" stop-color="#000" stop-opacity="0" />
          <stop offset="1" stop-color="#000" stop-opacity=".38" />
        </linearGradient>
      </defs>
      <ellipse class="picture-shadow" cx="104" cy="178" rx={vessel.foot + 22} ry="7" />
      {vessel.parts?.map((d) => (
        <path
          key={d}
          d={d}
          fill="none"
          stroke={vessel.partColour ?? vessel.glaze}
          stroke-width="9"
          stroke-linecap="round"
        />
      ))}
      <g clip-path={`url(#${id}-body)`}>
        <rect width="200" height="200" fill={vessel.clay} />
        <path d={vessel.dip} fill={vessel.glaze} />
        <g fill="none" stroke={vessel.crackle} stroke-width=".8" opacity=".55">
          {vessel.cracks.map((d) => (
            <path key={d} d={d} />
          ))}
        </g>
        {vessel.mend && (
          <path d={vessel.mend} fill="none" stroke="#d9a83f" stroke-width="2.4" stroke-linejoin="round" />
        )}
        <rect x={100 - vessel.widest} width={vessel.widest * 2} height="200" fill={`url(#${id}-light)`} />
      </g>
      <ellipse cx="100" cy={rimY} rx={rimHalf} ry={rimHalf * 0.16 + 1} fill={vessel.inside} stroke={vessel.clay} />
    </svg>
  );
}
