import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<T> {
  items: T[];
  keyOf: (item: T) => string;
  children: (item: T, at: number) => ComponentChildren;
  /** The item that must be seen; a change of it scrolls there. */
  current: string | undefined;
  /** Called when the end comes near. */
  onEnd: () => void;
  label: string;
  isBusy: boolean;
}

/** Rows drawn above and below what is seen, so that quick scrolling and the keys find them there. */
const spare = 5;
/** Until the first row is measured. */
const guessedHeight = 60;

/**
 * A list of rows of one height, of which only those near the screen are in the document: ten thousand scroll as ten do.
 * The page scrolls, not a box in it.
 */
export function VirtualList<T>({ items, keyOf, children, current, onEnd, label, isBusy }: VirtualListProps<T>) {
  const host = useRef<HTMLOListElement>(null);
  const [height, setHeight] = useState(guessedHeight);
  const [[from, to], setRange] = useState([0, 5 * spare]);

  const look = () => {
    if (!host.current) return;
    const above = -host.current.getBoundingClientRect().top;
    // In steps: most frames of a scroll then draw nothing new.
    const first = Math.max(0, Math.floor(above / height / 4) * 4 - spare);
    const last = Math.ceil((above + innerHeight) / height / 4) * 4 + spare;
    setRange((range) => (range[0] === first && range[1] === last ? range : [first, last]));
    if (last >= items.length) onEnd();
  };
  const latest = useRef(look);
  latest.current = look;
  useLayoutEffect(() => {
    const row = host.current?.querySelector('li');
    if (row?.offsetHeight && row.offsetHeight !== height) setHeight(row.offsetHeight);
    else look();
  });
  useEffect(() => {
    const onMove = () => latest.current();
    addEventListener('scroll', onMove, { passive: true });
    addEventListener('resize', onMove);
    return () => {
      removeEventListener('scroll', onMove);
      removeEventListener('resize', onMove);
    };
  }, []);
  useLayoutEffect(() => {
    const at = items.findIndex((item) => keyOf(item) === current);
    if (at < 0 || !host.current) return;
    const top = host.current.getBoundingClientRect().top + at * height;
    // Below the bar that stays at the top of the page.
    const bar = 4 * height;
    if (top < bar) scrollBy(0, top - bar);
    else if (top + height > innerHeight) scrollBy(0, top + 2 * height - innerHeight);
  }, [current]);

  const last = Math.min(to, items.length);
  const first = Math.min(from, Math.max(0, last - 1));
  return (
    <ol
      ref={host}
      class="issues"
      aria-label={label}
      aria-busy={isBusy}
      style={{ paddingTop: `${first * height}px`, paddingBottom: `${(items.length - last) * height}px` }}
    >
      {items.slice(first, last).map((item, nth) => children(item, first + nth))}
    </ol>
  );
}
