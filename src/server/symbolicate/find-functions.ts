import {
  assignedName,
  expressionName,
  isNode,
  isWrapper,
  keyName,
  type NameOf,
  type Place,
  type SyntaxNode,
} from './function-names.ts';

/** A function's extent in its text, and what a person calls it. */
export interface FoundFunction {
  start: Place;
  end: Place;
  name: string;
}

/** What is known on the way down to a node. */
interface Way {
  /** The name it gets from where it stands: the variable it is assigned to, the key it is the value of. */
  name: string;
  /** The nearest function around it that has a name of its own. */
  owner: string;
  /** The class around it: what `this` means. */
  self: string;
}

interface Step extends Way {
  node: SyntaxNode;
}

/**
 * Every function of a syntax tree, outer before inner. The rule of names:
 *
 * - its own name; members of a class by class (`Cart.total`, `Cart.#check`, `get Cart.size`, `new Cart`), of an object by
 *   the variable that holds it (`cart.total`); initial values of fields by the field, and `static block of Cart`;
 * - else what it is assigned to or the default of: a variable, a property, `exports`; also through the calls that only
 *   wrap (`const save = useCallback(() => ...)` is `save`);
 * - else what it is passed to: `callback of items.map in renderList`, `onClick of <button> in renderList`;
 * - else `<anonymous> in renderList`. `in` names the nearest function around it that has a name of its own.
 */
export function findFunctions(tree: SyntaxNode, nameOf: NameOf): FoundFunction[] {
  const found: FoundFunction[] = [];
  // A stack of our own: trees of generated code are deeper than the engine's.
  const steps: Step[] = [{ node: tree, name: '', owner: '', self: '' }];
  const add = (start: Place | undefined, end: Place | undefined, name: string) => {
    if (start && end) found.push({ start, end, name });
  };
  const go = (value: unknown, way: Way, name = '') => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const entry of value) go(entry, way, name);
    else if (isNode(value) && !leaves.has(value.type)) {
      steps.push({ node: value, name, owner: way.owner, self: way.self });
    }
  };
  const visitors = createVisitors(nameOf, add, go);
  for (let step = steps.pop(); step; step = steps.pop()) {
    const visit = visitors[step.node.type];
    if (visit) visit(step.node, step);
    else if (!isType(step.node.type)) goAll(step.node, step, go);
  }
  return found;
}

/** Half of all nodes: nothing is below them. */
const leaves = new Set(
  (
    'Identifier StringLiteral NumericLiteral BooleanLiteral NullLiteral BigIntLiteral RegExpLiteral TemplateElement ' +
    'ThisExpression Super PrivateName Import EmptyStatement JSXText JSXIdentifier Directive DirectiveLiteral ' +
    'BreakStatement ContinueStatement DebuggerStatement ImportDeclaration InterpreterDirective MetaProperty'
  ).split(' '),
);

type Go = (value: unknown, way: Way, name?: string) => void;
type Add = (start: Place | undefined, end: Place | undefined, name: string) => void;
type Visit = (node: SyntaxNode, way: Way) => void;

function goAll(node: SyntaxNode, way: Way, go: Go): void {
  for (const key in node) {
    const value = node[key];
    if (typeof value === 'object' && value !== null && key !== 'loc') go(value, way);
  }
}

/** Types are no code. Those that hold expressions are walked through. */
function isType(type: string): boolean {
  return (
    type.startsWith('TS') &&
    !/^TS(As|Satisfies|NonNull|Instantiation|Type)\w*Expr|^TSTypeAss|^TS(Module|Export|Enum|Param)/.test(type)
  );
}

function createVisitors(nameOf: NameOf, add: Add, go: Go): Record<string, Visit> {
  const text = (node: unknown, way: Way) => expressionName(node, nameOf, way.self);
  const within = (outer: string, way: Way) => (way.owner ? `${outer} in ${way.owner}` : outer);

  const visitFunction: Visit = (node, way) => {
    const own = text(node['id'], way) || way.name;
    const isNamed = own !== '' && !own.includes(' of ');
    const name = own === '' ? within('<anonymous>', way) : own;
    add(node.loc?.start, node.loc?.end, name);
    const inside = { ...way, owner: isNamed ? own : way.owner };
    go(node['params'], inside);
    go(node['body'], inside);
  };
  const visitMethod: Visit = (node, way) => {
    const key = keyName(node, nameOf);
    const member = way.name ? `${way.name}.${key}` : key;
    const kind = node['kind'];
    const name =
      kind === 'constructor' ? `new ${way.name}` : kind === 'get' || kind === 'set' ? `${kind} ${member}` : member;
    const keyPlace = isNode(node['key']) ? node['key'].loc?.end : undefined;
    // Decorators and computed keys run in the function around it.
    add(keyPlace, node.loc?.end, name || within('<anonymous>', way));
    if (node['computed'] === true) go(node['key'], way);
    go(node['decorators'], way);
    const inside = { ...way, owner: name || way.owner };
    go(node['params'], inside);
    go(node['body'], inside);
  };
  const visitField: Visit = (node, way) => {
    const name = `${way.name}.${keyName(node, nameOf)}`;
    if (node['computed'] === true) go(node['key'], way);
    go(node['decorators'], way);
    if (!isNode(node['value'])) return;
    add(node['value'].loc?.start, node['value'].loc?.end, name);
    go(node['value'], { ...way, owner: name }, name);
  };
  const visitClass: Visit = (node, way) => {
    const name = text(node['id'], way) || way.name || '<anonymous class>';
    go(node['superClass'], way);
    go(node['decorators'], way);
    const body = isNode(node['body']) ? node['body']['body'] : undefined;
    go(body, { ...way, self: name }, name);
  };
  const visitObject: Visit = (node, way) => go(node['properties'], way, way.name);
  const visitProperty: Visit = (node, way) => {
    const key = keyName(node, nameOf);
    if (node['computed'] === true) go(node['key'], way);
    go(node['value'], way, way.name ? `${way.name}.${key}` : key);
  };
  const visitCall: Visit = (node, way) => {
    go(node['callee'], way);
    const list = Array.isArray(node['arguments']) ? (node['arguments'] as unknown[]) : [];
    const wraps = way.name !== '' && isWrapper(node, nameOf);
    list.forEach((argument, i) => {
      const isFunction = isNode(argument) && /^(Arrow)?Function/.test(argument.type);
      const isWrapped = wraps && i === 0;
      if (isWrapped) go(argument, way, way.name);
      else if (!isFunction) go(argument, way);
      else go(argument, way, callbackName(node, way));
    });
  };
  const callbackName = (call: SyntaxNode, way: Way) => {
    const callee = expressionName(call['callee'], nameOf, '').replace(/^(this|window|globalThis)\./, '');
    if (!callee) return '';
    return within(`callback of ${call.type === 'NewExpression' ? 'new ' : ''}${callee}`, way);
  };
  const visitAssignment: Visit = (node, way) => {
    const pattern = isNode(node['left']) && /Pattern$/.test(node['left'].type);
    go(node['left'], way);
    go(node['right'], way, pattern ? '' : assignedName(node['left'], nameOf, way.self));
  };
  const visitElement: Visit = (node, way) => {
    const tag = text(node['name'], way);
    const attributes = Array.isArray(node['attributes']) ? (node['attributes'] as unknown[]) : [];
    for (const attribute of attributes) {
      if (!isNode(attribute)) continue;
      const value = attribute['value'];
      if (attribute.type === 'JSXAttribute' && isNode(value) && value.type === 'JSXExpressionContainer') {
        go(value['expression'], way, within(`${text(attribute['name'], way)} of <${tag}>`, way));
      } else go(attribute, way);
    }
  };
  /** A name goes through what does not change which function it is. */
  const passOn =
    (...keys: string[]): Visit =>
    (node, way) => {
      for (const key in node) {
        const isNamed = keys.includes(key);
        if (key !== 'loc' && typeof node[key] === 'object') go(node[key], way, isNamed ? way.name : '');
      }
    };
  return {
    FunctionDeclaration: visitFunction,
    FunctionExpression: visitFunction,
    ArrowFunctionExpression: visitFunction,
    ObjectMethod: visitMethod,
    ClassMethod: visitMethod,
    ClassPrivateMethod: visitMethod,
    ClassProperty: visitField,
    ClassPrivateProperty: visitField,
    ClassAccessorProperty: visitField,
    StaticBlock: (node, way) => {
      add(node.loc?.start, node.loc?.end, `static block of ${way.self}`);
      go(node['body'], way);
    },
    ClassDeclaration: visitClass,
    ClassExpression: visitClass,
    ObjectExpression: visitObject,
    ObjectProperty: visitProperty,
    CallExpression: visitCall,
    OptionalCallExpression: visitCall,
    NewExpression: visitCall,
    VariableDeclarator: (node, way) => {
      go(node['id'], way);
      go(node['init'], way, isNode(node['id']) && node['id'].type === 'Identifier' ? text(node['id'], way) : '');
    },
    AssignmentExpression: visitAssignment,
    AssignmentPattern: visitAssignment,
    ExportDefaultDeclaration: (node, way) => {
      const isFunction = isNode(node['declaration']) && /Function|Class/.test(node['declaration'].type);
      go(node['declaration'], way, isFunction ? 'default' : '');
    },
    JSXOpeningElement: visitElement,
    ParenthesizedExpression: passOn('expression'),
    TSAsExpression: passOn('expression'),
    TSSatisfiesExpression: passOn('expression'),
    TSNonNullExpression: passOn('expression'),
    TSTypeAssertion: passOn('expression'),
    ConditionalExpression: passOn('consequent', 'alternate'),
    LogicalExpression: passOn('left', 'right'),
  };
}
