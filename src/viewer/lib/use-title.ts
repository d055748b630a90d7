import { useEffect } from 'preact/hooks';

/** What the tab and the history say. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Pagefault` : 'Pagefault';
  }, [title]);
}
