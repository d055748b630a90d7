const attribute = (element: Element, name: string) => element.getAttribute?.(name);

/** `data-pf-ignore` hides a part of the page. */
const isHidden = (element: Element) => !!element.closest?.('[data-pf-ignore]');

/**
 * A short selector such as `form#checkout > button.primary[name=pay]`. Made of what developers wrote, never of what
 * users typed or read. Empty for a hidden part of the page.
 */
export function describeElement(element: Element | null): string {
  if (!element?.tagName || isHidden(element)) return '';
  const parts: string[] = [];
  for (let node: Element | null = element; node && parts.length < 3; node = node.parentElement) {
    const id = attribute(node, 'id');
    const classes = (attribute(node, 'class') ?? '').split(/\s+/).filter(Boolean).slice(0, 2);
    let part = [node.tagName.toLowerCase() + (id ? `#${id}` : ''), ...(id ? [] : classes)].join('.');
    for (const name of ['name', 'type', 'role', 'data-testid']) {
      const value = attribute(node, name);
      if (value && node === element) part += `[${name}=${value}]`;
    }
    parts.unshift(part.slice(0, 80));
    if (id) break;
  }
  return parts.join(' > ');
}
