import type { ShownFrame } from '../../protocol/api.ts';

/** Names of functions that exist to throw for whoever calls them. */
const throwerName =
  /^(?:invariant|assert|asserts|ensure|must|unwrap|expect|panic|raise|fail|throw|unreachable|exhaustive|absurd|never|check)(?:$|[A-Z_])|^require[A-Z]|Or(?:Throw|Fail|Die)$/;

const throws =
  /\bthrow\b|\bnew\s+[\w$.]*(?:Error|Exception|Failure|Violation)\b|\breject\(|\b(?:throw|fail|raise|panic|die|abort|never|unreachable)\w*\(/;

const isPrivate = /#[\w$]+$/;

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
  const isNamedSo = throwerName.test(lastWord(frame.function ?? ''));
  if (!frame.source) return isNamedSo;
  const { line } = frame.source;
  // What is named so and only calls something that fails is code like any other; so is what a class keeps to itself.
  if (isNamedSo && throws.test(line) && !isPrivate.test(frame.function ?? '')) return true;
  const head = headOf(frame);
  if (/\)\s*:\s*(?:asserts\b|never\b)/.test(head)) return true;
  if (/\breturn\s+new\s+[\w$.]*(?:Error|Exception)\b/.test(line)) return true;
  return /\b(?:throw|new)\b/.test(line) && argumentsOf(line).some((name) => messageName.test(name) && isIn(head, name));
}

/** Whether it stands among helpers. */
export const isHelper = (frame: ShownFrame) => Boolean(frame.source) && helperPath.test(frame.filename ?? '');

/** Constructors of error classes stand on the stack in Firefox and Safari, and not in Chrome. */
export function isErrorConstructor(frame: ShownFrame): boolean {
  const name = constructed(frame);
  return (
    (name !== undefined && /(?:Error|Exception|Failure|Violation)$/.test(name)) ||
    /\bclass\s+[\w$]*(?:Error|Exception)\b/.test(frame.source?.line ?? '')
  );
}

/** How many of the first frames only make the error: whatever its class is called, the line that throws it tells. */
export function constructorFrames(frames: ShownFrame[]): number {
  const end = frames.findIndex((frame) => constructed(frame) === undefined && !isErrorConstructor(frame));
  const made = frames.slice(0, Math.max(0, end));
  const name = made.length > 0 ? constructed(made.at(-1) as ShownFrame) : undefined;
  if (!name) return 0;
  const line = frames[end]?.source?.line ?? '';
  const makes = new RegExp(`\\bnew\\s+${name.replace(/\W/g, '\\$&')}\\b`).test(line);
  // An error is made by `super(message)`; in any other line of a constructor something broke.
  const isMaking = made.every(({ source }) => source === undefined || source.line.includes('super('));
  return makes && (isMaking || /\bthrow\b|\breject\(/.test(line)) ? end : 0;
}

/** The class whose constructor a frame is of. */
const constructed = ({ function: name = '' }: ShownFrame) => /^new ([\w$]+)$/.exec(name)?.[1];

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
