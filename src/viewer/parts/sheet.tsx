import type { ComponentChildren } from 'preact';

/** Help over the page; the browser opens and closes it. */
export function Sheet({ id, label, children }: { id: string; label: string; children: ComponentChildren }) {
  return (
    <div id={id} class="popup sheet" popover="auto" role="dialog" aria-label={label}>
      {children}
    </div>
  );
}

export function KeyList({ keys }: { keys: readonly (readonly [keys: string, meaning: string])[] }) {
  return (
    <dl>
      {keys.map(([combination, meaning]) => (
        <div key={combination}>
          <dt>
            {combination.split(' ').map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
