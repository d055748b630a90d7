import { choose } from '../shared/data.ts';
import { raise } from '../shared/errors.ts';
import { assertNever } from '../shared/invariant.ts';

type Token = { type: 'text'; text: string } | { type: 'bold'; children: Token[] } | { type: 'link'; href: { url: string } };

interface Selection {
  start: { offset: number };
  end: { offset: number };
}

//=
export function renderToken(token: Token): string {
  switch (token.type) {
    case 'text':
      return token.text.trimEnd(); //@ editor-render-text: renderToken
    case 'bold':
      return token.children.map(renderToken).join('');
    case 'link': {
      const { url } = token.href; //@ editor-render-link: renderToken
      return `<${url}>`;
    }
    default:
      return `?${assertNever(token)}`; //@ editor-render-unknown: renderToken <- helper-never
  }
}

//=
export function renderText(v: number): string {
  return renderToken(choose<Token>(v, '{"type": "text"}', '{"type": "bold", "children": [{"type": "text", "text": null}]}'));
}

//=
export function renderLink(v: number): string {
  const html = renderToken(choose<Token>(v, '{"type": "link"}', '{"type": "link", "href": null}'));
  return html.trim();
}

//=
export function renderUnknown(v: number): string {
  const token = choose<Token>(v, '{"type": "image"}', '{"type": "table", "rows": 3}');
  return `<p>${renderToken(token)}</p>`;
}

//=
export function selectionLength({ start, end }: Selection): number {
  const length = end.offset - start.offset; //@ editor-selection-length: selectionLength
  if (length < 0) {
    raise(`Selection of ${length} characters`); //@ editor-selection-negative: selectionLength <- helper-raise
  }
  return length;
}

//=
export function showSelection(v: number): string {
  const selection = choose<Selection>(v, '{"start": {"offset": 1}}', '{"start": {"offset": 3}, "end": null}');
  return `${selectionLength(selection)} characters`;
}

//=
export function backwards(v: number): number {
  const selection = choose<Selection>(
    v,
    '{"start": {"offset": 5}, "end": {"offset": 2}}',
    '{"start": {"offset": 50}, "end": {"offset": 0}}',
  );
  const length = selectionLength(selection);
  return Math.abs(length);
}

//=
export function onPaste(v: number): void {
  const data = choose<{ items: { types: string[] } }>(v, '{}', '{"items": null}');
  const target = new EventTarget();
  target.addEventListener('paste', {
    handleEvent() {
      const kinds = data.items.types; //@ editor-paste-types: handleEvent
      console.debug(kinds.length);
    },
  });
  target.dispatchEvent(new Event('paste'));
}

//=
export function findAll(v: number): string[] {
  const query = v === 0 ? '[' : '+a';
  const pattern = new RegExp(query, 'g'); //@ editor-find-pattern: findAll
  return 'abc'.match(pattern) ?? [];
}

//=
export function makeTable(v: number): string[][] {
  const rows = v === 0 ? -3 : 0.5;
  const table: string[][] = [];
  table.length = rows; //@ editor-table-length: makeTable
  return table;
}

//=
export function center(v: number): string {
  const width = v === 0 ? -4 : -100;
  const margin = '-'.repeat(width / 2); //@ editor-center-repeat: center
  return `${margin}title${margin}`;
}

//=
export function mount(v: number): Element {
  const parent = document.createElement('div');
  const child = document.createElement('p');
  const other = document.createElement(v === 0 ? 'b' : 'i');
  parent.insertBefore(child, other); //@ editor-mount-before: mount
  return parent;
}

//=
export function unmount(v: number): void {
  const parent = document.createElement('div');
  const child = document.createElement(v === 0 ? 'b' : 'i');
  const removed = parent.removeChild(child); //@ editor-unmount-child: unmount
  console.debug(removed.tagName);
}

//=
export function freezeStyle(v: number): void {
  const style = Object.freeze({ width: v, unit: 'px' });
  const change = (key: 'width', value: number): void => {
    (style as Record<string, unknown>)[key] = value; //@ editor-freeze-style: change
  };
  change('width', 12);
}

//=
export function sumBig(v: number): number {
  const parts = [1n, 2n].map((part) => (v === 0 ? part : -part));
  let sum = 0;
  for (const part of parts) {
    sum += part as unknown as number; //@ editor-sum-big: sumBig
  }
  return sum;
}

//=
export async function autosave(v: number): Promise<void> {
  const draft = choose<{ meta: { version: number } }>(v, '{}', '{"meta": null}');
  const save = async (): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return draft.meta.version + 1; //@ editor-autosave-version: save
  };
  const versions = await Promise.all([save()]);
  console.debug(versions);
}

//=
export function nested(v: number): unknown {
  const tree = choose<{ left: { left: { value: number } } }>(v, '{}', '{"left": {}}');
  return ((node) => {
    const inner = node.left.left;
    return inner.value * 2; //@ editor-nested-value: nested
  })(v === 0 ? { left: tree.left ?? {} } : tree);
}
