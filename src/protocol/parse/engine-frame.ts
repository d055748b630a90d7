import type { Frame } from '../event.ts';
import { withoutAbsent } from './without-absent.ts';

/** A frame without what engines add to names and places of code from a text and of WebAssembly; the page leaves it there. */
export function fromEngineFrame({ function: name = '', filename = '', lineno, colno }: Frame): Frame {
  const [, wasm, offset] = /^(.*):wasm-function\[\d+]:(0x[\da-f]+)$/.exec(filename) ?? [];
  // Code from eval and Function in Firefox: where that was called.
  const [, caller, line] = /^(.*?) line (\d+) > /.exec(filename) ?? [];
  return withoutAbsent<Frame>({
    // V8 names an alias, and the way to code from eval.
    function: withoutAnonymous(name.replace(/ [[(](as|eval at) .*/, '')),
    filename: withoutAnonymous(caller ?? wasm ?? filename),
    // A byte offset in WebAssembly is a column of line 1, counted from 1.
    lineno: line ? +line : offset ? 1 : lineno,
    colno: line ? undefined : offset ? +offset + 1 : colno,
  });
}

/** Without `<anonymous>` and its like. */
const withoutAnonymous = (text: string): string | undefined => (text.startsWith('<') ? undefined : text || undefined);
