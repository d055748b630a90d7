import { attempt } from './attempt.ts';

/**
 * A short selector such as `form#checkout > button.primary[name=pay]`. Made of what developers wrote, never of what
 * users typed or read. Empty for what is no element, and for parts of the page that `data-pf-ignore` hides.
 */
export function describeElement(target: unknown): string {
  const parts: string[] = [];
  // A form whose fields are named like methods hides those: then there is no description.
  attempt(() => {
    let element = target as Element | null;
    if (!element?.closest || element.closest('[data-pf-ignore]')) return;
    for (; element && parts.length < 3 && !parts[0]?.includes('#'); element = element.parentElement) {
      const get = (name: string, before: string, after = '') => {
        const value = element?.getAttribute(name);
        return value ? before + value + after : '';
      };
      let part = element.localName + (get('id', '#') || get('class', '.').trim().split(/\s+/, 2).join('.'));
      if (!parts[0]) for (const name of ['name', 'type']) part += get(name, `[${name}=`, ']');
      parts.unshift(part.slice(0, 80));
    }
  });
  return parts.join(' > ');
}
