import type { ShownFrame } from '../../protocol/api.ts';
import { functionName, fileName } from './names.ts';

/** Where code stands, without line and column: those change with every release. */
export interface Place {
  /** Path of the source; a script without a map is known by its name. */
  file: string;
  /** Empty for anonymous functions and code outside of functions. */
  function: string;
  /** Text of the source's line, without white space; empty when it is not known or says too much. */
  line: string;
}

/** A longer line is generated, or holds half a program. */
const maxLine = 200;

export function placeOf(frame: ShownFrame): Place {
  const { filename = '', function: name = '', source } = frame;
  if (!source) return { file: fileName(filename), function: functionName(name), line: '' };
  const line = source.line.length > maxLine ? '' : source.line.replace(/\s+/g, '');
  return { file: filename, function: name, line };
}
