import type { Named } from '../../protocol/event.ts';

/** `Firefox 143.0`. */
export const named = ({ name, version }: Named) => (version ? `${name} ${version}` : name);

/** `Chrome 156` for `Chrome 156.0.0.0`: browsers fill up with zeros what they do not want to tell. */
export const withoutZeros = (text: string) => text.replace(/(\d)(?:\.0){2,}$/, '$1');
