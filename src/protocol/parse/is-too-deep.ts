/** Deeper than any text that means something: what is kept of values ends at a few levels. */
const maxLevels = 10_000;

/** Only these cost more than their length says: everything else between two levels makes the text longer. */
const suspicious = '['.repeat(32);

/** Whether JSON has so many lists in one another that to parse it would take a tenth of a second and more. */
export function isTooDeep(json: string): boolean {
  if (!json.includes(suspicious)) return false;
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < json.length; i++) {
    const letter = json[i];
    if (isInText) {
      if (letter === '\\') i++;
      else if (letter === '"') isInText = false;
    } else if (letter === '"') isInText = true;
    else if (letter === '[' && ++depth > maxLevels) return true;
    else if (letter === ']') depth--;
  }
  return false;
}
