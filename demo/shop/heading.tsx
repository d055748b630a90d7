import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** The page's heading takes the focus when the page changes, and names the tab. */
export function Heading({ title, children }: { title: string; children?: ComponentChildren }) {
  useEffect(() => {
    document.title = `${title} · Crackle`;
  }, [title]);
  return <h1 tabIndex={-1}>{children ?? title}</h1>;
}
