import { useEffect, useRef } from 'preact/hooks';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const isTicked = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === 'checkbox';

/** Calls what stands for a key when it is pressed and nobody is typing. */
export function useKeys(actions: Record<string, (event: KeyboardEvent) => void>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) && !isTicked(event.target)) return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Presses what has the id, if it is there. */
export const pressById = (id: string) => () => document.getElementById(id)?.click();
export const focusById = (id: string) => () => document.getElementById(id)?.focus();
