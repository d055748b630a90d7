import { fieldNames, validate } from 'form-kit';
import type { Schema } from 'form-kit';
import libInvariant from 'invariant-lite';
import { isoDay, parseDay } from 'date-tool';
import { invariant, unwrap } from '../shared/invariant.ts';
import { notFound } from '../shared/errors.ts';
import { choose } from '../shared/data.ts';
import { getText } from '../shared/http.ts';

const schema: Schema = { email: { required: true, pattern: /@/ } };

interface User {
  id: string;
  plan?: { name: string };
}

//=
export function signUp(v: number): unknown {
  const input = v === 0 ? { email: 'nobody' } : { email: 'some one' };
  const clean = validate(schema, input); //@ signup-validate: signUp <- pkg-form-pattern
  return Object.keys(clean);
}

//=
export function requireEmail(v: number): unknown {
  const input: Record<string, unknown> = v === 0 ? {} : { email: '' };
  const clean = validate(schema, input); //@ signup-required-email: requireEmail <- pkg-form-required
  return clean['email'];
}

//=
export function columns(v: number): string[] {
  const saved = choose<Schema>(v, '{}', '{"fields": null}');
  return fieldNames(saved); //@ signup-columns: columns <- pkg-form-fields
}

//=
export function currentUser(users: User[], id: string): User {
  const user = users.find((each) => each.id === id);
  invariant(user, 'Missing user'); //@ signup-missing-user: currentUser <- helper-invariant
  return user;
}

//=
export function showUser(v: number): string {
  return currentUser([], `u${v}`).id;
}

//=
export function editUser(v: number): string {
  const user = currentUser([{ id: 'a' }], `user-${v}`);
  return user.id.toUpperCase();
}

//=
export function greetUser(v: number): string {
  const user = choose<User | null>(v, 'null', 'null');
  invariant(user, 'Missing user'); //@ signup-greet-user: greetUser <- helper-invariant
  return `Hello ${user.id}`;
}

//=
export function choosePlan(v: number): string {
  const plans: Record<string, string> = { free: 'Free' };
  const name = v === 0 ? 'gold' : 'team 25';
  libInvariant(plans[name], 'Plan %s is not for sale', name); //@ signup-plan-invariant: choosePlan <- pkg-invariant
  return plans[name]!;
}

//=
export function changePlan(v: number): string {
  const user = choose<User>(v, '{"id": "a"}', '{"id": "b"}');
  libInvariant(user.plan, 'User %s has no plan', user.id); //@ signup-change-plan: changePlan <- pkg-invariant
  return user.plan!.name;
}

//=
export function birthDay(v: number): string {
  const typed = v === 0 ? 'yesterday' : '12.3.1999';
  return isoDay(parseDay(typed)); //@ signup-birth-day: birthDay <- pkg-date-iso
}

//=
export function expiryDay(v: number): string {
  const day = parseDay(v === 0 ? '' : '2030-1-1');
  const text = isoDay(day); //@ signup-expiry-day: expiryDay <- pkg-date-iso
  return text.slice(0, 7);
}

//=
export function invitedBy(v: number): string {
  const users = new Map<string, User>();
  const id = v === 0 ? 'anna' : 'b0b';
  return unwrap(users.get(id)).id; //@ signup-invited-unwrap: invitedBy <- helper-unwrap
}

//=
export function firstPlan(v: number): string {
  const user = choose<User>(v, '{"id": "a"}', '{"id": "b", "plan": null}');
  const plan = unwrap(user.plan); //@ signup-plan-unwrap: firstPlan <- helper-unwrap
  return plan.name;
}

//=
export function findTeam(v: number): string {
  const teams: Record<string, { name: string }> = {};
  const team = teams[`t${v}`];
  if (!team) {
    throw notFound('team', v === 0 ? 'red' : 'blue-7'); //@ signup-find-team: findTeam <- make-notfound
  }
  return team.name;
}

//=
export function findInvoice(v: number): string {
  const invoices = choose<{ number: string }[]>(v, '[]', '[{"number": "1"}]');
  const invoice = invoices.find((each) => each.number === '2026-001');
  if (!invoice) throw notFound('invoice', v === 0 ? '2026-001' : '2027-113'); //@ signup-find-invoice: findInvoice <- make-notfound
  return invoice.number;
}

//=
export async function loadOrder(v: number): Promise<string> {
  const text = await getText(v === 0 ? '/api/orders/1001' : '/api/orders/2002'); //@ signup-load-order: loadOrder <- helper-http
  return text.trim();
}

//=
export async function loadPrices(v: number): Promise<string[]> {
  const currency = v === 0 ? 'EUR' : 'USD';
  const text = await getText(`/api/prices?currency=${currency}`); //@ signup-load-prices: loadPrices <- helper-http
  return text.split('\n');
}
