import parserModule from 'error-stack-parser';
import type { Frame } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';

interface Parser {
  parse: (error: { stack: string }) => Parsed[];
}
interface Parsed {
  functionName?: string;
  fileName?: string;
  lineNumber?: number;
  columnNumber?: number;
}

// Version 3 moved its export: a default import is the parser, or an object that holds it, depending on the bundler.
const parser = (parserModule as unknown as { default?: Parser }).default ?? (parserModule as unknown as Parser);

// Stand-ins for characters that mislead the parser: parentheses within URLs, and quotes, on which it is exponential.
const hidden = '()"';
const hide = (text: string) => text.replace(/[()"]/g, (c) => String.fromCharCode(0xe000 + hidden.indexOf(c)));
const show = (text: string) => text.replace(/[\ue000-\ue002]/g, (c) => hidden[c.charCodeAt(0) - 0xe000] ?? '');

/** Long lines (data: URLs) keep their end: the place stands there. */
const shorten = (line: string) =>
  line.length > limits.stackLine ? line.slice(0, limits.stackLine - 100) + line.slice(-100) : line;

/** `wasm://x:wasm-function[3]:0x21`: a byte offset is a column of line 1, counted from 1. */
const placeWasm = (line: string) =>
  line.replace(/:wasm-function\[\d+]:0x([\da-f]+)/, (_, offset: string) => `:1:${parseInt(offset, 16) + 1}`);

/** V8: `    at async Thing.method [as alias] (https://host/file.js:1:2)`. */
function tidyV8(line: string): string {
  line = placeWasm(line.trim()).replace(/^at (async )?(new )?/, 'at ');
  if (line.includes('(eval at ')) return line;
  const open = line.indexOf(' (');
  return open < 0 ? hide(line) : `${line.slice(0, open)} (${hide(line.slice(open + 2).replace(/\)$/, ''))})`;
}

/** Firefox and WebKit: `method@https://host/file.js:1:2`. */
function tidyOther(line: string): string {
  line = placeWasm(line.replace(/ line (\d+) > .*/, ':$1')) // code from eval and Function: where that was called
    .replace(/^[\w ]+\*/, '') // async*, promise callback*, setTimeout handler*
    .replace(/^(global|module|eval) code@/, '@');
  return hide(/^[\w-]+:\/\//.test(line) ? `@${line}` : line);
}

const isV8 = (line: string) => /^\s*at .*:(\d+|0x[\da-f]+)\)?$/.test(line);
const isOther = (line: string) => /^[^@]*@(?!\[)/.test(line) || /^[\w-]+:\/\/\S+:\d+$/.test(line);

/**
 * Frames of `error.stack`, newest first. `error-stack-parser` does the parsing; here stand its limits (it is quadratic
 * on long lines) and corrections of what it gets wrong. Never throws, and takes bounded time.
 */
export function parseStack(stack: unknown, message: unknown): Frame[] {
  if (typeof stack !== 'string') return [];
  // V8 begins with the message, which may look like frames.
  const start =
    typeof message === 'string' && message ? stack.slice(0, message.length + limits.label).indexOf(message) : -1;
  const text = start < 0 ? stack : stack.slice(start + (message as string).length);
  let lines = text.slice(0, 1e5).split('\n').map(shorten);
  const ofV8 = lines.some(isV8);
  lines = lines.filter(ofV8 ? isV8 : isOther).slice(0, limits.framesPerStack);
  try {
    return lines.length ? parser.parse({ stack: lines.map(ofV8 ? tidyV8 : tidyOther).join('\n') }).map(toFrame) : [];
  } catch {
    return [];
  }
}

function toFrame(parsed: Parsed): Frame {
  const frame: Frame = {};
  const name = show(parsed.functionName ?? '').replace(/ \[as .*]$/, '');
  const file = show(parsed.fileName ?? '');
  if (name && name !== '<anonymous>') frame.function = name.slice(0, limits.label);
  if (file && !/^[<:]/.test(file)) frame.filename = file.slice(0, limits.url);
  if (parsed.lineNumber) frame.lineno = +parsed.lineNumber;
  if (parsed.columnNumber) frame.colno = +parsed.columnNumber;
  return frame;
}
