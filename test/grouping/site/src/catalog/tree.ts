import { choose } from '../shared/data.ts';

interface Branch {
  id: number;
  parent?: Branch;
  children: Branch[];
  meta: { label: string };
}

//=
export function depth(node: Branch): number {
  let deepest = 0;
  for (const child of node.children) {
    deepest = Math.max(deepest, depth(child)); //@ tree-depth-recursion: depth
  }
  return deepest + 1;
}

//=
export function endless(v: number): number {
  const root: Branch = { id: v, children: [], meta: { label: '' } };
  root.children.push(root);
  return depth(root);
}

//=
export function endlessDeep(v: number): number {
  const root: Branch = { id: v, children: [], meta: { label: '' } };
  const middle: Branch = { ...root, children: [root] };
  root.children.push(middle);
  return 1 + depth(middle);
}

//=
export function isEven(count: number, steps: number[]): boolean {
  steps.push(count);
  if (count === 0) return true;
  return !isOdd(count - 1, steps) || steps.length < 0; //@ tree-mutual-recursion: isEven
}

//=
export function isOdd(count: number, steps: number[]): boolean {
  if (count === 0) return false;
  const next = isEven(count - 1, steps);
  return !next || steps.length < 0;
}

//=
export function parity(v: number): boolean {
  return isEven(v === 0 ? -1 : -7, []);
}

//=
export function labels(node: Branch, path: string[] = []): string[] {
  path.push(node.meta.label.toUpperCase()); //@ tree-labels-nested: labels
  for (const child of node.children) {
    labels(child, path);
  }
  return path;
}

//=
export function shallowLabels(v: number): string[] {
  return labels(choose<Branch>(v, '{"meta": null, "children": []}', '{"meta": {}, "children": []}'));
}

//=
export function deepLabels(v: number): string[] {
  const good = '"meta": {"label": "x"}';
  return labels(
    choose<Branch>(
      v,
      `{${good}, "children": [{${good}, "children": [{"children": []}]}]}`,
      `{${good}, "children": [{"meta": null, "children": []}]}`,
    ),
  );
}
