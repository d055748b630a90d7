/**
 * A short selector such as `form#checkout > button.primary[name=pay]`. Made of what developers wrote, never of what
 * users typed or read. Empty for what is no element, and for parts of the page that `data-pf-ignore` hides.
 */
export function describeElement(target: unknown): string {
  const parts: string[] = [];
  try {
    let element = target as Element | null;
    if (!element?.closest || element.closest('[data-pf-ignore]')) return '';
    for (; element && parts.length < 3 && !parts[0]?.includes('#'); element = element.parentElement) {
      const get = (name: string) => element?.getAttribute(name) ?? '';
      let part = element.tagName.toLowerCase();
      if (get('id')) part += `#${get('id')}`;
      else for (const name of get('class').split(/\s+/, 2)) if (name) part += `.${name}`;
      if (!parts[0]) for (const name of ['name', 'type', 'role']) if (get(name)) part += `[${name}=${get(name)}]`;
      parts.unshift(part.slice(0, 80));
    }
  } catch {
    // A form whose fields are named like methods hides them.
  }
  return parts.join(' > ');
}
