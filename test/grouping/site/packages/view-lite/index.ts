export interface Node {
  tag: string | Component;
  props: Record<string, unknown>;
  children: (Node | string)[];
}

export type Component = (props: Record<string, unknown>) => Node | string;

let pending: (() => void)[] = [];

export function h(tag: string | Component, props: Record<string, unknown> = {}, ...children: (Node | string)[]): Node {
  return { tag, props, children };
}

export function useEffect(effect: () => void): void {
  pending.push(effect);
}

function toHtml(node: Node | string): string {
  if (typeof node === 'string') return node;
  if (typeof node.tag === 'function') return toHtml(node.tag({ ...node.props, children: node.children }));
  const inner = node.children.map(toHtml).join('');
  return `<${node.tag}>${inner}</${node.tag}>`;
}

export function render(node: Node, root: { html: string }): void {
  root.html = toHtml(node);
  const effects = pending;
  pending = [];
  setTimeout(() => {
    for (const effect of effects) effect();
  });
}
