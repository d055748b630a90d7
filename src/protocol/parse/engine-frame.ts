import type { Frame } from '../event.ts';
import { withoutAbsent } from './without-absent.ts';

/** A frame without what engines add to names and places of code from a text and of WebAssembly; the page leaves it there. */
export function fromEngineFrame(frame: Frame): Frame {
  const { function: name = '', filename = '', lineno, colno } = frame;
  if (isPlain(name) && isPlain(filename)) return frame;
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

/** Most have nothing of that: all of it has a space or a bracket, or names WebAssembly. */
const isPlain = (text: string) => text !== '' && !/[ <]|wasm-function/.test(text);

/** Without `<anonymous>` and its like. */
const withoutAnonymous = (text: string): string | undefined => (text.startsWith('<') ? undefined : text || undefined);
