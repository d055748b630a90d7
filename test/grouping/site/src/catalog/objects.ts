import { choose } from '../shared/data.ts';

declare const trackingSettings: { enabled: boolean };

interface Widget {
  title: string;
}

//=
export function isKnown(v: number): boolean {
  const index = choose<object>(v, '"none"', '17');
  return 'title' in index; //@ objects-in-operator: isKnown
}

//=
export function isWidget(v: number): boolean {
  const Kind = choose<new () => Widget>(v, '{}', 'null');
  const thing: unknown = { title: 'x' };
  return thing instanceof Kind; //@ objects-instanceof: isWidget
}

//=
export function build(v: number): Widget {
  const kinds: Record<string, new () => Widget> = {
    //+ panel: class { title = 'panel'; },
    list: class {
      title = 'list';
    },
  };
  const name = v === 0 ? 'chart' : 'map';
  const Kind = kinds[name];
  return new Kind!(); //@ objects-not-constructor: build
}

//=
export function ready(v: number): string {
  const show = (): string => label.slice(v); //@ objects-tdz: show
  const shown = show();
  const label = `label ${v}`;
  return shown + label;
}

//=
export function track(v: number): boolean {
  const wanted = v >= 0;
  return wanted && trackingSettings.enabled; //@ objects-undeclared: track
}

//=
export function setTheme(v: number): void {
  const settings = Object.freeze(choose<Record<string, string>>(v, '{"theme": "light"}', '{"theme": "dark"}'));
  settings['theme'] = 'blue'; //@ objects-frozen-write: setTheme
}

//=
export function addFlag(v: number): void {
  const flags = Object.preventExtensions(choose<Record<string, boolean>>(v, '{}', '{"a": true}'));
  flags['beta'] = true; //@ objects-not-extensible: addFlag
}

//=
export function forget(v: number): void {
  const vault = Object.seal(choose<Record<string, string>>(v, '{"key": "1"}', '{"key": "2", "b": "3"}'));
  delete vault['key']; //@ objects-delete-sealed: forget
}

//=
export function setSize(v: number): void {
  const box = {
    get size(): number {
      return v;
    },
  };
  (box as { size: number }).size = 4; //@ objects-getter-only: setSize
}

//=
export function callClass(v: number): unknown {
  class Panel {
    title = `panel ${v}`;
  }
  const make = Panel as unknown as () => Panel;
  return make(); //@ objects-class-call: callClass
}

//=
export function label(v: number): string {
  const kind = v === 0 ? Symbol('kind') : Symbol.for('other');
  return `kind: ${kind as unknown as string}`; //@ objects-symbol-string: label
}

//=
export function toJson(v: number): string {
  const parent: Record<string, unknown> = { name: 'parent', depth: v };
  const child = { parent, name: 'child' };
  parent[v === 0 ? 'child' : 'kid'] = child;
  return JSON.stringify(parent); //@ objects-circular: toJson
}

//=
export function weak(v: number): void {
  const seen = new WeakMap<object, number>();
  const key = choose<object>(v, '"text"', '5');
  seen.set(key, 1); //@ objects-weak-key: weak
}

//=
export function copy(v: number): unknown {
  const job = { id: v, run: () => v };
  const twin = structuredClone(job); //@ objects-clone: copy
  return { ...twin, id: v + 1 };
}

//=
export function define(v: number): void {
  const target = choose<object>(v, '"text"', '7');
  Object.defineProperty(target, 'x', { value: 1 }); //@ objects-define: define
}

//=
export function strictModel(): Record<string, number> {
  return new Proxy<Record<string, number>>(
    { width: 1 },
    {
      get(target, key) {
        const known = target[String(key)];
        if (known === undefined) {
          throw new Error(`Model has no property "${String(key)}"`); //@ objects-proxy-get: get
        }
        return known;
      },
    },
  );
}

//=
export function measure(v: number): number {
  const model = strictModel();
  const name = v === 0 ? 'height' : 'depth of field';
  return model['width']! * model[name]!;
}

//=
export function detached(v: number): string {
  const shop = {
    names: ['a', 'b'],
    nth(index: number): string {
      return this.names[index]!.trim(); //@ objects-detached-method: shop.nth
    },
  };
  const { nth } = shop;
  return nth(v);
}

//=
export function spread(v: number): number {
  const limits = choose<number[]>(v, '{"a": 1}', 'true');
  return Math.max(...limits); //@ objects-spread-args: spread
}
