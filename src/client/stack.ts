import parserModule from 'error-stack-parser';
import type { Frame } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';
import { attempt } from './lib/attempt.ts';

interface Parser {
  parseV8OrIE: (error: { stack: string }) => Parsed[];
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

// Each finds what is called, `async` (only V8 tells who waits) and the place.
/** V8: `    at async Thing.method [as alias] (https://host/file.js:1:2)`. */
const v8 = /^(?=.*:\d+\)?$)\s*at (?:new )?(?:(.*) \(|(async ))?(.*?)(?:\)+, <anon.*)?\)?$/;
/** Firefox and WebKit: `method@https://host/file.js:1:2`, after `async*`, `promise callback*`, `setTimeout handler*`. */
const other =
  /^(?:[\w ]+\*|(?:global|module|eval) code(?=@))?(?:(.*?)@(?=$|<|[\w-]+:)|()(?=[\w-]+:\/\/\S+$))((?!\[).*:\d+|)$/;

/**
 * Frames of `error.stack`, newest first. `error-stack-parser` does the parsing; here stand its limits (it is quadratic
 * on long lines) and corrections of what it gets wrong. It is given every engine's lines in V8's form: the page carries
 * one of its parsers. Never throws, and takes bounded time.
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
    .map((line) =>
      (line.length > limits.stackLine ? line.slice(0, limits.stackLine - 100) + line.slice(-100) : line)
        // A byte offset in WebAssembly is a column of line 1, counted from 1.
        .replace(/:wasm-function\[\d+]:(0x[\da-f]+)/, (_, offset) => `:1:${+offset + 1}`)
        // Code from eval and Function in Firefox: where that was called.
        .replace(/ line (\d+) > .*/, ':$1'),
    );
  const form = lines.some((line) => v8.test(line)) ? v8 : other;
  const tidied = lines
    .flatMap((line) => {
      const [isFrame, called, name = called ?? '', place] = form.exec(line) ?? [];
      // The way to code from eval in V8 stands in the name.
      return isFrame ? `at ${hide(name.replace(/ [[(](as|eval at) .*/, ''))} (${hide(place || ':0')})` : [];
    })
    .slice(0, limits.framesPerStack);
  const frames = attempt(() => tidied[0] && parser.parseV8OrIE({ stack: tidied.join('\n') }).map(toFrame));
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
