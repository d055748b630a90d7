import type { Buyer } from './api.ts';

/** What to write instead, by field. */
export type Mistakes = Partial<Record<keyof Buyer, string>>;

export const fields = [
  { name: 'name', label: 'Name', autocomplete: 'name', inputMode: 'text' },
  { name: 'email', label: 'E-mail', autocomplete: 'email', inputMode: 'email' },
  { name: 'street', label: 'Street and number', autocomplete: 'street-address', inputMode: 'text' },
  { name: 'postcode', label: 'Postcode', autocomplete: 'postal-code', inputMode: 'text' },
  { name: 'city', label: 'Town', autocomplete: 'address-level2', inputMode: 'text' },
] as const;

/** An empty answer means that the parcel can go. */
export function checkBuyer(buyer: Buyer): Mistakes {
  const mistakes: Mistakes = {};
  for (const { name } of fields) {
    if (!buyer[name].trim()) mistakes[name] = 'Needed for the parcel.';
  }
  if (!mistakes.email && !/^\S+@\S+\.\S+$/.test(buyer.email)) mistakes.email = 'Write it like name@example.com.';
  if (!mistakes.postcode && !/^[\w -]{3,10}$/.test(buyer.postcode)) mistakes.postcode = '3 to 10 letters or digits.';
  return mistakes;
}
