import { signal } from '@preact/signals';
import type { Person } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { session } from '../session.ts';

/** Whom issues can be assigned to; only oneself until the others are known. */
export const people = signal<Person[]>([]);

let isAsked = false;

/** Asks once; a failure leaves it at oneself, and the next page asks again. */
export function loadPeople(): void {
  if (isAsked) return;
  isAsked = true;
  if (!people.value.length && session.value) people.value = [session.value.person];
  api.people().then(
    (all) => (people.value = all),
    () => (isAsked = false),
  );
}

export const personName = ({ name, email }: Person) => name || email;
