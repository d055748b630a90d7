import type { ShownFrame } from '../../protocol/api.ts';

/** Names of functions that exist to throw for whoever calls them. */
const throwerName =
  /^(?:invariant|assert|asserts|ensure|must|unwrap|expect|panic|raise|fail|throw|unreachable|exhaustive|absurd|never|check)(?:$|[A-Z_])|^require[A-Z]|Or(?:Throw|Fail|Die)$/;

/** Folders and files of functions that know nothing of who calls them. */
const helperPath = /(?:^|\/)(?:utils?|helpers?|shared|common)(?:[./-]|$)/i;

/** Names of parameters that bring the message. */
const messageName = /^(?:message|msg|text|reason|description|problem|details?|format|why|label|title|error|err)$/i;

/** The last word of a function's name as people read it: `invariant` of `Checks.invariant`. */
const lastWord = (name: string) => /([\w$]+)[^\w$]*$/.exec(name.replace(/ in .*$/, ''))?.[1] ?? '';

/**
 * Whether the error is not this function's but its caller's: it checks for others and throws what it is told
 * (`invariant`, `assert`, `fail(message)`), makes errors, or is one of the helpers that know nothing of their callers.
 */
export function isThrower(frame: ShownFrame): boolean {
  if (throwerName.test(lastWord(frame.function ?? ''))) return true;
  if (!frame.source) return false;
  const { line } = frame.source;
  const head = headOf(frame);
  if (/\)\s*:\s*(?:asserts\b|never\b)/.test(head)) return true;
  if (/\breturn\s+new\s+[\w$.]*(?:Error|Exception)\b/.test(line)) return true;
  return /\b(?:throw|new)\b/.test(line) && argumentsOf(line).some((name) => messageName.test(name) && isIn(head, name));
}

/** Whether it stands among helpers. */
export const isHelper = (frame: ShownFrame) => Boolean(frame.source) && helperPath.test(frame.filename ?? '');

/** Constructors of error classes stand on the stack in Firefox and Safari, and not in Chrome. */
export function isErrorConstructor(frame: ShownFrame): boolean {
  const name = /^new (.*)$/.exec(frame.function ?? '')?.[1];
  return (
    (name !== undefined && /(?:Error|Exception|Failure|Violation)$/.test(name)) ||
    /\bclass\s+[\w$]*(?:Error|Exception)\b/.test(frame.source?.line ?? '')
  );
}

/** The function's head, as far as the lines before show it. */
function headOf({ function: name = '', source }: ShownFrame): string {
  const lines = [...(source?.before ?? []), source?.line ?? ''];
  const word = lastWord(name);
  const start = word ? lines.findLastIndex((line) => line.includes(word) && line.includes('(')) : -1;
  return start < 0 ? '' : lines.slice(start).join(' ').slice(0, 1_000);
}

/** Bare names among the arguments of calls in a line. */
const argumentsOf = (line: string) =>
  line
    .slice(0, 500)
    .split(/[(),]/)
    .map((part) => /^\s*([\w$]+)\s*(?:$|\?\?|\|\|)/.exec(part)?.[1] ?? '')
    .filter(Boolean);

const isIn = (head: string, name: string) =>
  head
    .slice(head.indexOf('('))
    .split(/[(),:=?]/)
    .some((part) => part.trim() === name);
