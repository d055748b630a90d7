import parserModule from 'error-stack-parser';
import type { Frame } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { attempt } from './lib/attempt.ts';

interface Parser {
  parseV8OrIE: (error: { stack: string }) => Parsed[];
  parseFFOrSafari: (error: { stack: string }) => Parsed[];
}
interface Parsed {
  functionName?: string;
  fileName?: string;
  lineNumber?: number;
  columnNumber?: number;
}

// Version 3 moved its export: a default import is the parser, or an object that holds it, depending on the bundler.
const parser = (parserModule as unknown as { default?: Parser }).default ?? (parserModule as unknown as Parser);

// What misleads the parser: parentheses within URLs, and quotes, on which it is exponential.
const hide = (text: string) => text.replace(/[()"]/g, escape);
const show = (text: string) => text.replace(/%2[289]/g, unescape);

/** V8: `    at async Thing.method [as alias] (https://host/file.js:1:2)`. Only V8 tells who waits: `async` stays. */
const v8 = /^(?=.*:\d+\)?$)\s*at (?:new )?(?:(.*) \(|(async ))?(.*?)\)?$/;
const tidyV8 = (line: string): string =>
  line.includes('(eval at ')
    ? line
    : line.replace(v8, (_, called: string | undefined, name = called, place: string) =>
        name ? `at ${hide(name.replace(/ \[as .*/, ''))} (${hide(place)})` : `at ${hide(place)}`,
      );

/** Firefox and WebKit: `method@https://host/file.js:1:2`. */
const other = /^[^@]*@(?:(?!\[).*:\d+)?$|^[\w-]+:\/\/\S+:\d+$/;
const tidyOther = (line: string): string =>
  hide(
    line
      .replace(/ line (\d+) > .*/, ':$1') // code from eval and Function: where that was called
      .replace(/^(?:[\w ]+\*|(?:global|module|eval) code(?=@))/, '') // async*, promise callback*, setTimeout handler*
      .replace(/^[\w-]+:\/\//, '@$&'),
  );

/**
 * Frames of `error.stack`, newest first. `error-stack-parser` does the parsing; here stand its limits (it is quadratic
 * on long lines) and corrections of what it gets wrong. Never throws, and takes bounded time.
 */
export function parseStack(stack: unknown, message: unknown): Frame[] {
  if (typeof stack !== 'string') return [];
  // V8 begins with the message, which may look like frames.
  const header = String(message);
  const start = stack.indexOf(header);
  const hasHeader = start >= 0 && start < stack.search(/\n {4}at /);
  const lines = stack
    .slice(hasHeader ? start + header.length : 0)
    .split('\n', 200)
    // Long lines (data: URLs) keep their end: the place stands there.
    .map((line) => (line.length > limits.stackLine ? line.slice(0, limits.stackLine - 100) + line.slice(-100) : line))
    // A byte offset in WebAssembly is a column of line 1, counted from 1.
    .map((line) => line.replace(/:wasm-function\[\d+]:(0x[\da-f]+)/, (_, offset) => `:1:${+offset + 1}`));
  const [form, tidy, parse] = lines.some((line) => v8.test(line))
    ? ([v8, tidyV8, parser.parseV8OrIE] as const)
    : ([other, tidyOther, parser.parseFFOrSafari] as const);
  const tidied = lines
    .filter((line) => form.test(line))
    .slice(0, limits.framesPerStack)
    .map(tidy);
  const frames = tidied[0] && attempt(() => parse.call(parser, { stack: tidied.join('\n') }).map(toFrame));
  return (frames || []).filter((frame) => frame.function || frame.filename);
}

/** Undefined for `<anonymous>` and its like. */
const read = (text = '') => (/^[<:]|^$/.test(text) ? undefined : show(text));

const toFrame = ({ functionName, fileName, lineNumber, columnNumber }: Parsed): Frame =>
  ({
    function: read(functionName)?.slice(0, limits.label),
    filename: read(fileName),
    lineno: lineNumber && +lineNumber,
    colno: columnNumber && +columnNumber,
  }) as Frame;
