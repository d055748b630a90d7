import { computeAccessibleName, getRole, isDisabled, isInaccessible } from 'dom-accessibility-api';

export interface Sought {
  /** One of these. */
  roles: string[];
  /** As a screen reader says it, or as it can be read on the screen. Absent: any. */
  name?: string;
  /** What a name may only begin with, because a hint follows it. */
  isBegin?: boolean;
  /** What it stands in. */
  within?: Sought;
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Roles that have no name by their content: a person knows a password box by its label all the same. */
function roleOf(element: Element): string {
  const role = getRole(element);
  if (role) return role;
  if (element instanceof HTMLInputElement) return 'textbox';
  return element.localName === 'code' ? 'code' : '';
}

const nameOf = (element: Element) => plain(computeAccessibleName(element));
const textOf = (element: Element) => (element instanceof HTMLElement ? plain(element.innerText) : '');

function fits(element: Element, { name, isBegin }: Sought): boolean {
  if (name === undefined) return true;
  const wanted = plain(name);
  return [nameOf(element), textOf(element)].some((each) => (isBegin ? each.startsWith(wanted) : each === wanted));
}

/** What is folded away is in the tree, but not on the screen. */
const isPerceived = (element: Element) =>
  element.checkVisibility({ visibilityProperty: true }) && !isInaccessible(element);

/** All that a person can perceive of what is sought, in the order of the document. */
export function find(sought: Sought): HTMLElement[] {
  const places = sought.within ? find(sought.within) : [document];
  const found = places.flatMap((place) => [...place.querySelectorAll<HTMLElement>('*')]);
  return found.filter(
    (element) => sought.roles.includes(roleOf(element)) && isPerceived(element) && fits(element, sought),
  );
}

/** Marks the first that can be used, for a driver that knows selectors only; false while there is none. */
export function mark(sought: Sought): boolean {
  document.querySelector('[data-sought]')?.removeAttribute('data-sought');
  const found = find(sought).find((element) => !isDisabled(element));
  found?.setAttribute('data-sought', '');
  return found !== undefined;
}

/** What can be read of each. */
export const texts = (sought: Sought): string[] => find(sought).map(textOf);

/** Where links lead, with what can be read of each. */
export const links = (within: Sought): [text: string, href: string][] =>
  find({ roles: ['link'], within }).map((link) => [textOf(link), link instanceof HTMLAnchorElement ? link.href : '']);

/** What stands in a field; of a list, the text of what is chosen. */
export function valueOf(sought: Sought): string | undefined {
  const [field] = find(sought);
  if (field instanceof HTMLSelectElement) return plain(field.selectedOptions[0]?.text ?? '');
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) return field.value;
  return undefined;
}

/** Sets the value of a field, as a browser's own picker of options or dates does. */
export function setValue(sought: Sought, value: string): boolean {
  const field = find(sought).find((element) => !isDisabled(element));
  if (!(field instanceof HTMLSelectElement || field instanceof HTMLInputElement)) return false;
  if (field instanceof HTMLSelectElement) {
    const option = [...field.options].find(({ text }) => plain(text) === value);
    if (!option) return false;
    field.value = option.value;
  } else field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

export const isFocused = (sought: Sought): boolean => find(sought).includes(document.activeElement as HTMLElement);

/** Selects what a field has, so that typing replaces it. */
export function select(sought: Sought): boolean {
  const field = find(sought).find((element) => !isDisabled(element));
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  return mark(sought);
}
