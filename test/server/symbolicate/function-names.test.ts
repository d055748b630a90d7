import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scopesOf } from '../../../src/server/symbolicate/source-scopes.ts';

/** The name of the function around the place that `HERE` marks in each line, by the path's language. */
function namesIn(path: string, source: string): (string | undefined)[] {
  const scopes = scopesOf(path, source);
  return source.split('\n').flatMap((text, line) => {
    const column = text.indexOf('HERE');
    if (column < 0) return [];
    const before = scopes?.filter((start) => start.line < line || (start.line === line && start.column <= column));
    return [before && (before.at(-1)?.name ?? '')];
  });
}

test('functions have the name that a person would use', () => {
  const cases: [source: string, name: string][] = [
    ['HERE;', ''],
    ['function checkout() { HERE; }', 'checkout'],
    ['const checkout = async () => { HERE; };', 'checkout'],
    ['const checkout = function pay() { HERE; };', 'pay'],
    ['let a; a = () => HERE;', 'a'],
    ['shop.cart.total = () => HERE;', 'shop.cart.total'],
    ['Cart.prototype.total = function () { HERE; };', 'Cart.total'],
    ['module.exports.total = () => HERE;', 'total'],
    ['window.onload = () => HERE;', 'onload'],
    ['const api = { users: { list() { HERE; } } };', 'api.users.list'],
    ['const api = { "a-b": () => HERE };', 'api.a-b'],
    ['export default { methods: { add() { HERE; } } };', 'methods.add'],
    ['export default function () { HERE; }', 'default'],
    ['function draw({ onDone = () => HERE }) {}', 'onDone'],
    ['class Cart { total() { HERE; } }', 'Cart.total'],
    ['class Cart { constructor() { HERE; } }', 'new Cart'],
    ['class Cart { static of() { HERE; } }', 'Cart.of'],
    ['class Cart { #check() { HERE; } }', 'Cart.#check'],
    ['class Cart { get size() { return HERE; } }', 'get Cart.size'],
    ['class Cart { set size(value) { HERE; } }', 'set Cart.size'],
    ['class Cart { [Symbol.iterator]() { HERE; } }', 'Cart.[Symbol.iterator]'],
    ['class Cart { onClick = () => { HERE; }; }', 'Cart.onClick'],
    ['class Cart { items = HERE; }', 'Cart.items'],
    ['class Cart { static { HERE; } }', 'static block of Cart'],
    ['class Cart { open() { this.close = () => HERE; } }', 'Cart.close'],
    ['const Cart = class { total() { HERE; } };', 'Cart.total'],
    ['function list(items) { return items.map((item) => HERE); }', 'callback of items.map in list'],
    ['class Cart { total() { return this.items.map(() => HERE); } }', 'callback of items.map in Cart.total'],
    ['function load() { return fetch("/").then((answer) => HERE); }', 'callback of fetch().then in load'],
    ['function load() { return new Promise((resolve) => HERE); }', 'callback of new Promise in load'],
    ['function a() { b(() => c(() => HERE)); }', 'callback of c in a'],
    ['setTimeout(function tick() { HERE; }, 1);', 'tick'],
    ['const save = useCallback(() => HERE, []);', 'save'],
    ['const save = _.debounce(() => HERE, 100);', 'save'],
    ['const total = items.reduce((a, b) => HERE, 0);', 'callback of items.reduce'],
    ['function counter() { return () => HERE; }', '<anonymous> in counter'],
    ['(function () { HERE; })();', '<anonymous>'],
    ['const f = isNew ? () => HERE : undefined;', 'f'],
  ];
  for (const [source, name] of cases) assert.deepEqual(namesIn('src/a.js', source), [name], source);
});

test('TypeScript and JSX are read, whatever the file is called', () => {
  const typed = 'const load = async <T,>(id: T): Promise<T> => { HERE; return id as unknown as T; };';
  for (const path of ['a.ts', 'a.tsx', 'a.mts', 'a.js', 'webpack://shop/./src/a.ts?1a2b']) {
    assert.deepEqual(namesIn(path, typed), ['load'], path);
  }
  const view = 'function List(props) { return <li onClick={() => HERE}>{props.name}</li>; }';
  for (const path of ['a.tsx', 'a.jsx', 'a.js'])
    assert.deepEqual(namesIn(path, view), ['onClick of <li> in List'], path);
  const more =
    '@Injectable() export class Cart { constructor(@Inject(X) private readonly x: X) {} total(this: Cart): number { HERE; } }';
  assert.deepEqual(namesIn('a.ts', more), ['Cart.total']);
  assert.deepEqual(
    namesIn('a.ts', 'abstract class A<T> { abstract x(): T; declare y: T; z!: T; w = (): T => HERE; }'),
    ['A.w'],
  );
  assert.deepEqual(namesIn('a.ts', 'namespace Shop { export function pay(): void { HERE; } }'), ['pay']);
  assert.deepEqual(namesIn('a.js', '/* @flow */ function pay(order: ?Order): void { HERE; }'), ['pay']);
});

test('scripts in component files keep their places', () => {
  const vue =
    '<template>\n  <p>{{ HERE }}</p>\n</template>\n<script setup lang="ts">\nconst pay = (): void => {\n  HERE;\n};\n</script>\n';
  assert.deepEqual(namesIn('src/Cart.vue', vue), ['', 'pay']);
});

test('a source with an error names the functions around it, and what is no program names none', () => {
  assert.deepEqual(namesIn('a.js', 'const a = 1;\nconst a = 2;\nfunction pay() { HERE; }'), ['pay']);
  assert.deepEqual(namesIn('a.js', 'this is } no program HERE'), [undefined]);
  assert.deepEqual(namesIn('a.css', '.a { color: HERE }'), [undefined]);
});
