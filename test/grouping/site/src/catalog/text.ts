import { choose } from '../shared/data.ts';

//=
export function search(v: number): boolean {
  const typed = v === 0 ? '(abc' : '[z-a]';
  const pattern = new RegExp(typed, 'i'); //@ text-search-pattern: search
  return pattern.test('abc');
}

//=
export function decode(v: number): string {
  const part = v === 0 ? '%' : '100%25%zz';
  return decodeURIComponent(part); //@ text-decode-uri: decode
}

//=
export function compose(v: number): string {
  const form = v === 0 ? 'NFX' : 'latin';
  return 'Ame\u0301lie'.normalize(form); //@ text-normalize: compose
}

//=
export function unpack(v: number): string {
  const packed = v === 0 ? '***' : 'a';
  const text = atob(packed); //@ text-atob: unpack
  return text.split('').reverse().join('');
}

//=
export function link(v: number): string {
  const typed = v === 0 ? 'http://' : 'shop';
  const url = new URL(typed); //@ text-url: link
  return url.host;
}

//=
export function find(v: number): Element | null {
  const selector = v === 0 ? '..item' : '#1st >';
  return document.querySelector(selector); //@ text-selector: find
}

//=
export function show(v: number): void {
  const node = choose<Node>(v, 'null', '{"nodeType": 1}');
  document.body.appendChild(node); //@ text-append: show
}

//=
export function titleOf(): string {
  const heading = document.querySelector('.no-such-heading');
  return heading!.textContent!.trim(); //@ text-missing-element: titleOf
}

//=
export function attribute(v: number): void {
  const name = v === 0 ? '' : 'a b';
  document.body.setAttribute(name, 'x'); //@ text-attribute: attribute
}

//=
export function template(parts: TemplateStringsArray, ...values: { name: string }[]): string {
  return parts.reduce((all, part, index) => {
    const value = values[index - 1];
    return all + value!.name + part; //@ text-tagged-template: template
  });
}

//=
export function greet(v: number): string {
  const user = choose<{ name: string }>(v, 'null', 'null');
  return template`Hello ${user} and welcome`;
}

//=
export function initials(name: string, first = name.split(' ')[0]!.charAt(0)): string { //@ text-default-param: initials
  return `${first}.`;
}

//=
export function monogram(v: number): string {
  return initials(choose<string>(v, 'null', '5'));
}

//=
export function kindOf(v: number): string {
  const token = choose<{ kind: string; value: { raw: string } }>(v, '{"kind": "text"}', '{"kind": "text", "value": null}');
  switch (token.kind) {
    case 'number':
      return token.value.raw;
    case 'text':
      return JSON.stringify(token.value.raw.trim()); //@ text-switch-case: kindOf
    default:
      return token.kind;
  }
}
