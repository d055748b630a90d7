import { remember } from '../lib/remember.ts';
import { accessFamilies } from './families/access.ts';
import { domFamilies } from './families/dom.ts';
import type { MessageFamily } from './families/family.ts';
import { namedFamilies } from './families/named.ts';
import { objectFamilies } from './families/objects.ts';
import { syntaxFamilies } from './families/syntax.ts';
import { valueFamilies } from './families/values.ts';
import { holesOf, type Pieces } from './wildcard.ts';

/** What a message of an engine says. */
export interface KnownMessage {
  family: MessageFamily;
  /** The property or variable that it names. */
  name?: string;
  /** One issue wherever it happens. */
  isNamed: boolean;
}

/** A wording, cut at its holes. */
interface Wording {
  family: MessageFamily;
  /** Text before, between and after the holes. */
  pieces: Pieces;
  /** Which hole is the name; -1 if none. */
  nameHole: number;
  /** Engines put the name of a property into it, and no expression: minifiers do not shorten those. */
  isProperty: boolean;
  /** Code of its last letter; undefined when it ends with a hole. */
  lastCode: number | undefined;
  /** How much of it is text: the more, the less can it be meant by accident. */
  weight: number;
}

/** No engine words anything longer; what follows is a value. */
const maxLength = 1_000;

/** Types that engines throw themselves: a class of the site says what the site likes. */
const engineType =
  /^(?:Type|Range|Reference|URI|Eval|Internal|Aggregate)Error$|^(?:DOMException|WebAssembly\.\w+|(?:Compile|Link|Runtime)Error)$|^(?:Abort|Constraint|DataClone|Data|Encoding|HierarchyRequest|IndexSize|InUseAttribute|InvalidAccess|InvalidCharacter|InvalidModification|InvalidNodeType|InvalidState|Namespace|Network|NoModificationAllowed|NotAllowed|NotFound|NotReadable|NotSupported|Operation|QuotaExceeded|ReadOnly|Security|Syntax|Timeout|TransactionInactive|URLMismatch|Unknown|Version|WrongDocument)Error$/;

export const isEngineType = (type: string) => engineType.test(type);

const engineFamilies = [accessFamilies, objectFamilies, valueFamilies, domFamilies].flat();
const named = wordingsOf(namedFamilies);
const engine = wordingsOf(engineFamilies);
const syntax = wordingsOf([...engineFamilies, ...syntaxFamilies]);

/** Those that a text may be, the most exact first. */
type Wordings = (text: string) => Wording[];

/** Letters that tell wordings apart: many begin with `Cannot `. */
const beginLetters = 10;

/** Sorting is stable, so between equals the order of the families decides. */
function wordingsOf(families: MessageFamily[]): Wordings {
  const all = families
    .flatMap((family) => [family.chrome, family.firefox, family.safari].flat().map((words = '') => cut(family, words)))
    .sort((a, b) => b.weight - a.weight);
  const beginOf = ({ pieces: [first = ''] }: Wording) => first.slice(0, beginLetters);
  const withBegin = (text: string) =>
    all.filter((wording) => text.startsWith(beginOf(wording)) || beginOf(wording).startsWith(text));
  return remember(withBegin, 2_000);
}

function cut(family: MessageFamily, words: string): Wording {
  const parts = words.split(/(\*|\{name\})/);
  const holes = parts.filter((_, index) => index % 2 === 1);
  const pieces = parts.filter((_, index) => index % 2 === 0);
  const nameHole = holes.indexOf('{name}');
  const isProperty = /\b(?:reading|setting|property) ['"]$/.test(pieces[nameHole] ?? '');
  return { family, pieces, nameHole, isProperty, lastCode: lastCodeOf(pieces.at(-1)), weight: pieces.join('').length };
}

function lastCodeOf(text = ''): number | undefined {
  return text === '' ? undefined : text.charCodeAt(text.length - 1);
}

/** What an engine means by a message; undefined if no engine words it so. Takes time linear in the message's length. */
export const matchMessage: (type: string, message: string) => KnownMessage | undefined = remember(match);

function match(type: string, message: string): KnownMessage | undefined {
  const text = message.trim();
  if (text === '' || text.length > maxLength) return undefined;
  const surroundings = firstMatch(text, named);
  if (surroundings) return { ...surroundings, isNamed: true };
  if (!isEngineType(type)) return undefined;
  const found = firstMatch(text, type === 'SyntaxError' ? syntax : engine);
  return found && { ...found, isNamed: false };
}

function firstMatch(text: string, wordings: Wordings): Pick<KnownMessage, 'family' | 'name'> | undefined {
  const last = lastCodeOf(text);
  for (const { family, pieces, nameHole, isProperty, lastCode } of wordings(text.slice(0, beginLetters))) {
    // Tells most that do not fit, for next to nothing.
    if (lastCode !== undefined && lastCode !== last) continue;
    const holes = holesOf(text, pieces);
    if (!holes) continue;
    const hole = holes[nameHole] ?? '';
    const name = isProperty && /^[A-Za-z_$][\w$]*$/.test(hole) ? hole : nameIn(hole);
    return name ? { family, name } : { family };
  }
  return undefined;
}

/**
 * The last name in an expression such as `a.b`, `a[0].b`, `a.b(c)` or `a.b = c`: what it is about. A short name that
 * stands alone is a variable's after minification, and says nothing.
 */
function nameIn(expression: string): string {
  // Of `a.b=c` the left side; an equals sign in a text or after a call is no assignment.
  const target = /^([^'"`=<>!(]+)=(?![=>])/.exec(expression)?.[1] ?? expression.slice(-200);
  const [, dot = '', name = ''] = /([.#]?)([\w$]+)$/.exec(withoutArguments(target)) ?? [];
  return dot || name.length > 2 ? name : '';
}

/** `a.b(c, d)` without the brackets at its end. */
function withoutArguments(expression: string): string {
  let depth = 0;
  let end = expression.length;
  while (end > 0) {
    const c = expression[end - 1] ?? '';
    if (')]'.includes(c)) depth++;
    else if ('(['.includes(c)) depth--;
    else if (depth <= 0 && /[\w$]/.test(c)) break;
    end--;
  }
  return expression.slice(0, end);
}
