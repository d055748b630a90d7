import { attempt } from './attempt.ts';

/**
 * A short selector such as `form#checkout > button.primary[name=pay]`. Made of what developers wrote, never of what
 * users typed or read. Empty for what is no element, and for parts of the page that `data-pf-ignore` hides.
 */
export function describeElement(target: unknown): string {
  let selector = '';
  // A form whose fields are named like methods hides those: then there is no description.
  attempt(() => {
    let element = target as Element | null;
    const get = (name: string, before: string, after = '') => {
      const value = element?.getAttribute(name);
      return value ? before + value + after : '';
    };
    if (!element?.closest || element.closest('[data-pf-ignore]')) return;
    for (let left = 3; element && left--; element = element.parentElement) {
      const id = get('id', '#');
      let part = element.localName + (id || get('class', '.').trim().split(/\s+/, 2).join('.'));
      if (!selector) part += get('name', '[name=', ']') + get('type', '[type=', ']');
      selector = part.slice(0, 80) + (selector && ' > ') + selector;
      if (id) return;
    }
  });
  return selector;
}
