import type { Named } from '../../protocol/event.ts';

/** `Firefox 143.0`. */
export const named = ({ name, version }: Named) => (version ? `${name} ${version}` : name);
