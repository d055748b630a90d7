import { buildSync } from 'esbuild';
import type * as inPageRoles from './browsers/in-page-roles.ts';
import type { Sought } from './browsers/in-page-roles.ts';
import type { Page } from './browser.ts';
import { until } from './until.ts';

const [script] = buildSync({
  entryPoints: [new URL('./browsers/in-page-roles.ts', import.meta.url).pathname],
  bundle: true,
  minify: true,
  format: 'iife',
  globalName: 'inPageRoles',
  write: false,
}).outputFiles;

/** A call in the page; what it needs goes with it, for a page that has just been loaded has nothing. */
function call(run: keyof typeof inPageRoles, ...args: unknown[]): string {
  const given = args.map((arg) => JSON.stringify(arg)).join(', ');
  return `(() => { ${script?.text ?? ''} return inPageRoles.${run}(${given}); })()`;
}

const named = (roles: string[], name?: string, within?: Sought): Sought => ({
  roles,
  ...(name !== undefined && { name }),
  ...(within && { within }),
});
const fieldRoles = ['textbox', 'searchbox', 'combobox', 'spinbutton'];
const pressable = ['button', 'link', 'checkbox', 'radio', 'option', 'menuitem', 'tab', 'switch'];
/** A label may have a hint after it. */
const field = (label: string): Sought => ({ roles: [...fieldRoles, 'listbox'], name: label, isBegin: true });

/** Something of this role and name, for `within`. */
export const place = (role: string, name?: string): Sought => named([role], name);

/** Waits for an answer that is true; a page that is being replaced has none yet. */
async function wait(page: Page, expression: string, what: string): Promise<void> {
  await until(
    async () => Boolean(await page.evaluate(expression).catch(() => false)),
    () => `for ${what}`,
  );
}

/** Clicks the button, link, box or option that a person calls by this name. */
export async function press(page: Page, name: string, within?: Sought): Promise<void> {
  await wait(page, call('mark', named(pressable, name, within)), `"${name}" to press`);
  await page.click('[data-sought]');
}

/** The same for a name that a hint follows. */
export async function pressBeginning(page: Page, begin: string, within?: Sought): Promise<void> {
  await wait(page, call('mark', { ...named(pressable, begin, within), isBegin: true }), `"${begin} …" to press`);
  await page.click('[data-sought]');
}

/** Types into the field of this label, after what it has. */
export async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await wait(page, call('mark', field(label)), `field "${label}"`);
  await page.type('[data-sought]', text);
}

/** Types into the field of this label, in the place of what it has. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  await wait(page, call('select', field(label)), `field "${label}"`);
  await page.type('[data-sought]', text);
}

/** Chooses an option of a list by its text, or a date of a field by its value: their pickers are the browser's own. */
export async function choose(page: Page, label: string, value: string): Promise<void> {
  await wait(page, call('setValue', field(label), value), `"${value}" to choose in "${label}"`);
}

/** What stands in a field; of a list, the text of what is chosen. */
export const valueOf = (page: Page, label: string) => page.evaluate<string>(call('valueOf', field(label)));

/** Waits until that stands in the field. */
export const seesValue = (page: Page, label: string, value: string) =>
  wait(page, `${call('valueOf', field(label))} === ${JSON.stringify(value)}`, `"${value}" in "${label}"`);

/** The texts of all of this role that can be perceived, in the order of the page. */
export const textsOf = (page: Page, role: string, within?: Sought) =>
  page.evaluate<string[]>(call('texts', named([role], undefined, within)));

/** Waits for a link of such a text there, and gives where it leads. */
export async function linkOf(page: Page, text: RegExp, within: Sought): Promise<string> {
  let links: [text: string, href: string][] = [];
  const wanted = () => links.find(([each]) => text.test(each))?.[1];
  await until(
    async () => Boolean(((links = await page.evaluate<typeof links>(call('links', within))), wanted())),
    () => [String(text), links],
  );
  return wanted() ?? '';
}

/** The text of the first of this role and name. */
export async function textOf(page: Page, role: string, name: string): Promise<string> {
  await seesOne(page, role, name);
  const [text = ''] = await page.evaluate<string[]>(call('texts', named([role], name)));
  return text;
}

/** Waits until the texts of all of this role are right. */
export async function seesAll(
  page: Page,
  role: string,
  isRight: (texts: string[]) => boolean,
  within?: Sought,
): Promise<void> {
  let texts: string[] = [];
  await until(
    async () => isRight((texts = await textsOf(page, role, within).catch(() => texts))),
    () => [role, texts],
  );
}

/** Waits until something of this role and name is there, or is not. */
export const seesOne = (page: Page, role: string, name?: string) =>
  wait(page, `${call('texts', named([role], name))}.length > 0`, `${role} "${name ?? ''}"`);
export const seesNone = (page: Page, role: string, name?: string) =>
  wait(page, `${call('texts', named([role], name))}.length === 0`, `end of ${role} "${name ?? ''}"`);

/** Waits until the keys are at something of this role and name. */
export const isAt = (page: Page, role: string, name?: string) =>
  wait(page, call('isFocused', named([role], name)), `focus at ${role} "${name ?? ''}"`);
