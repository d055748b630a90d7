import type { Value } from './database.ts';
import type { ValueTerm } from './search-terms.ts';

/** Of so few bytes is a value's hash: that two values of a filter and an event are mistaken happens once in millions. */
const bytes = 3;

/** FNV-1a of property and value. */
function hashOf(property: string, value: string): number {
  let hash = 0x811c9dc5;
  for (const text of [property, '\0', value]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return (hash ^ (hash >>> 24)) & 0xffffff;
}

/** The hashes of an event's values, one after the other. */
export function traitsOf(values: [property: string, value: string][]): Uint8Array {
  const traits = new Uint8Array(bytes * values.length);
  values.forEach(([property, value], nth) => {
    const hash = hashOf(property, value);
    traits[bytes * nth] = hash >>> 16;
    traits[bytes * nth + 1] = hash >>> 8;
    traits[bytes * nth + 2] = hash;
  });
  return traits;
}

/** What a row of `issue_events` must meet to have all of these values, as SQL. */
export function traitConditions(filter: ValueTerm[]): { where: string; values: Value[] } {
  return {
    where: filter.map(({ isNot }) => ` AND instr(traits, ?) ${isNot ? '=' : '>'} 0`).join(''),
    values: filter.map(({ property, value }) => traitsOf([[property, value]])),
  };
}
