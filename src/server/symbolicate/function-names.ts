/** A node of the parser's tree, as far as names need it. */
export interface SyntaxNode {
  type: string;
  loc?: { start: Place; end: Place } | null;
  [key: string]: unknown;
}

/** Line 1-based, column 0-based, as the parser counts. */
export interface Place {
  line: number;
  column: number;
}

/** What an identifier is called: its own text, or for a minified bundle the name that the map gives it. */
export type NameOf = (identifier: SyntaxNode, text: string) => string;

const maxName = 80;

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';
}

/** The name of a key of an object or a class: `total`, `#check`, `'a b'`, `[Symbol.iterator]`. */
export function keyName(member: SyntaxNode, nameOf: NameOf): string {
  const { key } = member;
  if (!isNode(key)) return '';
  if (member['computed'] === true) return `[${expressionName(key, nameOf, '')}]`;
  if (key.type === 'StringLiteral' || key.type === 'NumericLiteral') return cut(String(key['value']));
  return expressionName(key, nameOf, '');
}

/**
 * Text of a callee or of the left side of an assignment: `cart.items.map`, `fetch().then`. Empty when a person would
 * not read it as a name.
 */
export function expressionName(node: unknown, nameOf: NameOf, self: string): string {
  if (!isNode(node)) return '';
  switch (node.type) {
    case 'Identifier':
    case 'JSXIdentifier':
      return cut(nameOf(node, String(node['name'])));
    case 'PrivateName':
      return `#${expressionName(node['id'], nameOf, self)}`;
    case 'ThisExpression':
      return self || 'this';
    case 'Super':
      return 'super';
    case 'Import':
      return 'import';
    case 'StringLiteral':
      return cut(String(node['value']));
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'JSXMemberExpression':
      return memberName(node, nameOf, self);
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const callee = expressionName(node['callee'], nameOf, self);
      return callee && `${callee}()`;
    }
    default:
      return isNode(node['expression']) ? expressionName(node['expression'], nameOf, self) : '';
  }
}

function memberName(node: SyntaxNode, nameOf: NameOf, self: string): string {
  const { property } = node;
  const isIndexed = node['computed'] === true && isNode(property) && property.type !== 'StringLiteral';
  const name = isIndexed ? '[…]' : expressionName(property, nameOf, self);
  const object = expressionName(node['object'], nameOf, self);
  // Deep chains would make a name of half a line: its end is what people know it by.
  if (!object || object.length + name.length > 50) return name;
  return isIndexed ? object + name : `${object}.${name}`;
}

/** What `a.b = function` is called: without the words that say only where it is exported or inherited. */
export function assignedName(left: unknown, nameOf: NameOf, self: string): string {
  return expressionName(left, nameOf, self)
    .replace(/^(module\.)?exports\./, '')
    .replace(/\.prototype(?=\.|$)/, '')
    .replace(/^(this|window|globalThis|self)\./, '');
}

/** Calls that give their function back under another name: `const save = useCallback(() => ...)` is `save`. */
const wrappers = new Set(
  (
    'useCallback useMemo useEvent useEffectEvent memo forwardRef observer lazy debounce throttle once memoize action flow ' +
    'computed effect wrap bind curry markRaw defineComponent defineStore component$ $ asyncHandler catchAsync cache withRouter'
  ).split(' '),
);

export function isWrapper(call: SyntaxNode, nameOf: NameOf): boolean {
  return wrappers.has(expressionName(call['callee'], nameOf, '').replace(/^.*\./, ''));
}

function cut(name: string): string {
  return name.length > maxName ? `${name.slice(0, maxName)}…` : name;
}
