import { useEffect } from 'preact/hooks';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** `j` and `k` move the focus along the elements that `selector` finds, `/` goes to the search box, `?` shows the help. */
export function useListKeys(selector: string, searchId: string, helpId: string): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === '/') document.getElementById(searchId)?.focus();
      else if (event.key === '?') document.getElementById(helpId)?.togglePopover();
      else if (event.key === 'j') moveFocus(selector, 1);
      else if (event.key === 'k') moveFocus(selector, -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [selector, searchId, helpId]);
}

function moveFocus(selector: string, step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = items.findIndex((item) => item === document.activeElement);
  const next = at < 0 ? 0 : Math.min(items.length - 1, Math.max(0, at + step));
  items[next]?.focus();
  items[next]?.scrollIntoView({ block: 'nearest' });
}
