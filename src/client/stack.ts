import parserModule from 'error-stack-parser';
import type { Frame } from '../protocol/event.ts';
import { limits } from '../protocol/limits.ts';

interface Parser {
  /** File, line and column of `https://host/file.js:1:2`, as texts. */
  extractLocation: (place: string) => (string | undefined)[];
}

// Version 3 moved its export: a default import is the parser, or an object that holds it, depending on the bundler.
const { default: parser } = parserModule as unknown as { default: Parser };

/**
 * Frames of `error.stack`, newest first. Here stands what is called and where, in each engine's form; `error-stack-parser`
 * finds file, line and column of that. What engines add to names and places of code from a text and of WebAssembly, the
 * collector takes away (`protocol/parse/engine-frame.ts`). Never throws, and takes bounded time.
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
    .map((line) => (line.length > limits.stackLine ? line.slice(0, limits.stackLine - 100) + line.slice(-100) : line));
  // Each finds what is called, `async` (only V8 tells who waits) and the place.
  /** V8: `    at async Thing.method [as alias] (https://host/file.js:1:2)`. */
  const v8 = /^(?=.*:\d\w*\)?$)\s*at (?:new )?(?:(.*) \(|(async ))?(.*?)(?:\)+, <anon.*)?\)?$/;
  /** Firefox and WebKit: `method@https://host/file.js:1:2`, after `async*`, `promise callback*`, `setTimeout handler*`. */
  const other =
    /^(?:[\w ]+\*|(?:global|module|eval) code(?=@))?(?:(.*?)@(?=$|<|[\w./-]+:)|()(?=[\w-]+:\/\/\S+$))((?!\[).*:\d\w*|)$/;
  const form = lines.some((line) => v8.test(line)) ? v8 : other;
  return lines
    .flatMap((line) => {
      const [, called, name = called ?? '', place = ''] = form.exec(line) ?? [];
      const [, lineno, colno] = place ? parser.extractLocation(place) : [];
      const label = name.slice(0, limits.label);
      // The parser takes parentheses out of URLs. Without `<anonymous>` and its like.
      const filename = place.replace(/^<.*|(:\d+){1,2}$/g, '');
      return label || filename
        ? ({
            function: label || undefined,
            filename: filename || undefined,
            lineno: lineno && +lineno,
            colno: colno && +colno,
          } as Frame)
        : [];
    })
    .slice(0, limits.framesPerStack);
}
