/** One thing that can go wrong, however the engines word it. */
export interface MessageKind {
  name: string;
  /** In words, for the issue page. */
  meaning: string;
  /** Each engine's wording; the first group that matched is the name of the property or variable. */
  patterns: RegExp[];
  /** The same wherever it happens: such an issue is not split by place. */
  isPlaceless?: boolean;
}

/**
 * Wordings of V8, SpiderMonkey and JavaScriptCore, from MDN's JavaScript error reference. Order matters: the first that
 * matches decides.
 */
export const messageKinds: MessageKind[] = [
  {
    name: 'script-error',
    meaning: 'a script of another origin failed, and the browser hides how',
    patterns: [/^Script error\.?$/i],
    isPlaceless: true,
  },
  {
    name: 'resize-observer',
    meaning: 'ResizeObserver did not settle within a frame',
    patterns: [/^ResizeObserver loop /],
    isPlaceless: true,
  },
  {
    name: 'stale-chunk',
    meaning: 'a part of the application could not be loaded, most often because a newer build replaced it',
    patterns: [
      /^Loading (?:CSS )?chunk .{1,200} failed/,
      /^Failed to fetch dynamically imported module/,
      /^error loading dynamically imported module/i,
      /^Importing a module script failed/,
      /^Unable to preload CSS for /,
    ],
    isPlaceless: true,
  },
  {
    name: 'network',
    meaning: 'a request got no answer',
    patterns: [
      /^Failed to fetch\b/,
      /^NetworkError when attempting to fetch resource/,
      /^Load failed\b/,
      /^Network request failed/,
      /^The network connection was lost/,
      /^The Internet connection appears to be offline/,
      /^Network Error$/,
    ],
    isPlaceless: true,
  },
  {
    name: 'aborted',
    meaning: 'a request was given up',
    patterns: [/^The user aborted a request/, /^signal is aborted/, /^The operation was aborted/, /^Fetch is aborted/],
  },
  {
    name: 'uninitialized',
    meaning: 'a variable was used before its declaration ran',
    patterns: [
      /^Cannot access '([^']*)' before initialization/,
      /^can't access lexical declaration '([^']*)' before initialization/,
      /^Cannot access uninitialized variable/,
    ],
  },
  {
    name: 'not-a-constructor',
    meaning: 'something that is no class was used with `new`',
    patterns: [/^(.{1,300}?) is not a constructor/],
  },
  {
    name: 'not-iterable',
    meaning: 'something that cannot be iterated was',
    patterns: [
      /is not iterable/,
      /^undefined is not a function \(near '/,
      /^Spread syntax requires/,
      /^Cannot convert undefined or null to iterable/,
    ],
  },
  {
    name: 'not-a-function',
    meaning: 'something that is no function was called',
    patterns: [/^(.{1,300}?) is not a function/],
  },
  {
    name: 'undefined-variable',
    meaning: 'a variable that does not exist was used',
    patterns: [/^([\w$]+) is not defined/, /^Can't find variable: ([\w$]+)/],
  },
  {
    name: 'in-operator',
    meaning: 'the right side of `in` is no object',
    patterns: [
      /^Cannot use 'in' operator/,
      /^right-hand side of 'in' should be/,
      /is not an Object\. \(evaluating '.{1,300} in /,
    ],
  },
  {
    name: 'instanceof-operator',
    meaning: 'the right side of `instanceof` is no class',
    patterns: [
      /^Right-hand side of 'instanceof' is not/,
      /^invalid 'instanceof' operand/,
      /^Right hand side of instanceof is not/,
    ],
  },
  {
    name: 'null-property',
    meaning: 'a property of null or undefined was used',
    patterns: [
      /^Cannot (?:read|set) properties of (?:undefined|null) \((?:reading|setting) '([^']*)'\)/,
      /^Cannot (?:read|set) property '([^']*)' of (?:undefined|null)/,
      /^Cannot (?:read|set) propert(?:y|ies) of (?:undefined|null)/,
      /^Cannot destructure property '([^']*)' of /,
      /^Cannot destructure /,
      /^can't access property "?([^",]*)"?, .{1,300} is (?:undefined|null)/,
      /^(?:undefined|null) is not an object \(evaluating '(.{1,300})'\)/,
      /^Right side of assignment cannot be destructured/,
      /^.{1,300} is (?:undefined|null)$/,
      /^.{1,300} has no properties$/,
    ],
  },
  {
    name: 'read-only',
    meaning: 'something that cannot change was assigned',
    patterns: [
      /^Cannot assign to read only property '([^']*)'/,
      /^Assignment to constant variable/,
      /^"([^"]*)" is read-only/,
      /^invalid assignment to const '([^']*)'/,
      /^Attempted to assign to readonly property/,
      /^setting getter-only property/,
      /^Cannot set property \S+ of .{1,300} which has only a getter/,
    ],
  },
  {
    name: 'not-extensible',
    meaning: 'a property was added to an object that takes none',
    patterns: [
      /^Cannot add property ([^,]*), object is not extensible/,
      /^can't define property "([^"]*)"/,
      /^Attempting to define property on object that is not extensible/,
    ],
  },
  {
    name: 'recursion',
    meaning: 'functions called one another until the stack was full',
    patterns: [/^Maximum call stack size exceeded/, /^too much recursion/],
  },
  {
    name: 'json-parse',
    meaning: 'a text that is no JSON was parsed as JSON',
    patterns: [
      /^JSON\.parse: /,
      /^JSON Parse error: /,
      /is not valid JSON$/,
      /^Unexpected end of JSON input/,
      /\bin JSON at position \d/,
    ],
  },
  {
    name: 'json-cycle',
    meaning: 'an object that contains itself was written as JSON',
    patterns: [
      /^Converting circular structure to JSON/,
      /^cyclic object value/,
      /^JSON\.stringify cannot serialize cyclic structures/,
    ],
  },
  {
    name: 'bigint-mix',
    meaning: 'a BigInt and a number met in one calculation',
    patterns: [
      /^Cannot mix BigInt and other types/,
      /^can't convert BigInt to number/,
      /^Invalid mix of BigInt and other type/,
    ],
  },
  {
    name: 'symbol-conversion',
    meaning: 'a symbol was used as a text or number',
    patterns: [/^Cannot convert a symbol (?:value )?to a/i, /^can't convert symbol to/],
  },
  {
    name: 'array-length',
    meaning: 'an array of an impossible length was made',
    patterns: [/^Invalid array length/i, /^Array size is not a small enough positive integer/],
  },
  {
    name: 'uri',
    meaning: 'a text with broken escapes was decoded as part of a URL',
    patterns: [
      /^URI malformed/,
      /^malformed URI sequence/,
      /^String contained an illegal UTF-16 sequence/,
      /^URI error/,
    ],
  },
];

/** The last name in an expression such as `a.b`, `a[0].b` or `(intermediate value).b()`. */
const lastName = /([\w$]+)[^\w$]*$/;

/** The kind of a message and the property or variable it names; undefined if engines do not word it themselves. */
export function kindOf(message: string): { kind: MessageKind; name: string | undefined } | undefined {
  for (const kind of messageKinds) {
    for (const pattern of kind.patterns) {
      const match = pattern.exec(message);
      if (match) return { kind, name: match[1] && lastName.exec(match[1].slice(-100))?.[1] };
    }
  }
  return undefined;
}
