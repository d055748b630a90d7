import { createHash } from 'node:crypto';

/** Stands where the debug id will be, and is as long: so nothing moves when the id takes its place. */
const placeholder = 'pagefault-debug-id-will-stand-here--';

/**
 * The line in front of a script. It tells the reporter which build the script is from: under the stack of this moment,
 * in which every engine names the script's URL. A line of its own, so that all positions behind it shift by one line and
 * no column changes; ES3, for it is put in after the build's own transpiler.
 */
export const registration = `try{(self.pagefaultDebugIds=self.pagefaultDebugIds||{})[Error().stack]="${placeholder}"}catch(e){}`;

/** A script and its map after the build. */
export interface Stamped {
  code: string;
  map: string | undefined;
  debugId: string;
}

/**
 * Gives a script, in which the registration stands, and its map their debug id: a UUID of the content, so that equal
 * builds have equal ids. An id that another tool has given stays. Undefined for a script without registration.
 */
export function stamp(code: string, map: string | undefined): Stamped | undefined {
  if (!code.includes(placeholder)) return undefined;
  const debugId = findDebugId(code) ?? debugIdOf(code, map ?? '');
  const registered = keepDirectives(code).replaceAll(placeholder, debugId);
  return { code: withComment(registered, debugId), map: map && withField(map, debugId), debugId };
}

/**
 * Puts the registration in front of a script whose map is made already. One line more is one `;` more in the mappings:
 * nothing is composed, so nothing is lost.
 */
export function register(code: string, map: string | undefined): { code: string; map: string | undefined } {
  // Inside of strings the quotes would be escaped, so the first of these is the field.
  const shifted = map?.replace(/"mappings"\s*:\s*"/, (field) => `${field};`);
  return { code: `${registration}\n${code}`, map: shifted };
}

/** From `//# debugId=` among the comments at the end, as the proposal for ECMA-426 says: a script may hold the text of another. */
export function findDebugId(code: string): string | undefined {
  const lines = code.slice(-2_000).split('\n');
  const comments = lines.slice(lines.findLastIndex((line) => !/^(\/\/[^`]*)?\s*$/.test(line)) + 1).join('\n');
  return /^\/\/[#@] ?debugId=([0-9a-fA-F-]{32,36})\s*$/m.exec(comments)?.[1];
}

/** A UUID of version 8: made from what we choose. */
function debugIdOf(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  const hex = hash.digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** `'use strict'` counts only in front of all statements, so it is said once more in front of ours. */
function keepDirectives(code: string): string {
  const at = code.indexOf(registration);
  if (at < 0 || code.slice(0, at).trim() !== '') return code;
  const directives = directivesOf(code.slice(at + registration.length));
  return directives ? `${code.slice(0, at)}${directives}${code.slice(at)}` : code;
}

/** The directives in front of a script, behind comments: `"use strict";"use client";`, or nothing. */
export function directivesOf(code: string): string {
  const leading = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*/;
  let rest = code.slice(0, 20_000).replace(leading, '');
  let directives = '';
  for (let match = next(rest); match; match = next(rest)) {
    directives += `${match[1]};`;
    rest = rest.slice(match[0].length).replace(leading, '');
  }
  return directives;
}

/** A string that is a statement. Without a semicolon it is one only before the next line's statement. */
function next(code: string): RegExpExecArray | null {
  return /^("use [\w ]+"|'use [\w ]+')(?:\s*;|[ \t]*(?=\r?\n\s*[\w$"'({[/])|(?=\}))/.exec(code);
}

/** Before the comment that names the map, which tools expect last. */
function withComment(code: string, debugId: string): string {
  if (findDebugId(code)) return code;
  const comment = `//# debugId=${debugId}`;
  const at = code.lastIndexOf('\n//# sourceMappingURL=');
  if (at < 0) return `${code.replace(/\n$/, '')}\n${comment}\n`;
  return `${code.slice(0, at)}\n${comment}${code.slice(at)}`;
}

/** Put in front as text: a map of many megabytes need not be parsed for one field. */
function withField(map: string, debugId: string): string {
  if (/"debug_?[iI]d"\s*:/.test(map.slice(0, 500)) || /"debug_?[iI]d"\s*:[^,{}]*\}?\s*$/.test(map.slice(-500)))
    return map;
  return map.replace('{', `{"debugId":"${debugId}",`);
}

/** For maps that are not published: the comment would lead nowhere. */
export function withoutMapComment(code: string): string {
  return code.replace(/\n\/\/[#@] ?sourceMappingURL=[^\n]*\s*$/, '\n');
}
