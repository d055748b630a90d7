import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

interface MenuProps {
  /** What a person calls it; drawn as `word`, if that is given. */
  label: string;
  word?: ComponentChildren;
  id?: string;
  class?: string;
  children: (close: () => void) => ComponentChildren;
}

/** A button that opens a few choices below it. Escape and a press elsewhere close it. */
export function Menu({ label, word = label, id, class: look = '', children }: MenuProps) {
  const host = useRef<HTMLDetailsElement>(null);
  const close = () => host.current?.removeAttribute('open');
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !host.current?.contains(event.target)) close();
    };
    document.addEventListener('pointerdown', onPress);
    return () => document.removeEventListener('pointerdown', onPress);
  }, []);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !host.current?.open) return;
    event.preventDefault();
    event.stopPropagation();
    close();
    host.current.querySelector('summary')?.focus();
  };
  return (
    <details ref={host} class={`menu ${look}`} onKeyDown={onKey}>
      <summary id={id} class="button" aria-label={word === label ? undefined : label}>
        {word}
        <Icon name="down" />
      </summary>
      <div class="popup menu-choices">{children(close)}</div>
    </details>
  );
}
