import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { decode } from '@jridgewell/sourcemap-codec';
import { findDebugId } from '../../src/plugin/debug-id.ts';
import { buildShop, bundlers, removeBuilt, type Built } from './bundlers.ts';

interface MapFile {
  mappings: string;
  sources: string[];
  names: string[];
  debugId?: string;
}

const quiet = { quiet: true, keepMaps: true };

const scriptsOf = ({ files }: Built) => [...files.keys()].filter((path) => path.endsWith('.js')).sort();
const mapOf = ({ files }: Built, script: string) => JSON.parse(files.get(`${script}.map`) ?? '{}') as MapFile;

/** Each segment with the distance of its place from the begin of the text, in order. */
function placesOf(code: string, { mappings, sources, names }: MapFile) {
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return decode(mappings).flatMap((line, i) =>
    line.map(([column, source, originalLine, originalColumn, name]) => ({
      at: (starts[i] ?? 0) + column,
      source: sources[source ?? -1]?.replace(/^.*\/src\//, 'src/') ?? '',
      to: [originalLine, originalColumn, names[name ?? -1]],
    })),
  );
}

/** What the code behind the registration looks like, names of chunks aside: their hashes differ. */
const nameless = (code: string) => code.replace(/[\w-]{8,}(?=\.js)/g, '');

for (const name of Object.keys(bundlers)) {
  test(`${name}: every column leads to where it led without the plugin`, async (t) => {
    const plain = await buildShop(name);
    const built = await buildShop(name, quiet);
    t.after(() => Promise.all([removeBuilt(plain), removeBuilt(built)]));
    const scripts = scriptsOf(built);
    assert.ok(scripts.length >= 2, 'the shop is split');
    let compared = 0;
    for (const script of scripts) {
      const code = built.files.get(script) ?? '';
      const original = scriptsOf(plain).find(
        (other) => mapOf(plain, other).sources.join() === mapOf(built, script).sources.join(),
      );
      assert.ok(original, `${script} has a counterpart`);
      const originalCode = plain.files.get(original) ?? '';
      const places = placesOf(code, mapOf(built, script));
      const wanted = placesOf(originalCode, mapOf(plain, original));
      // The build's machinery may have segments that map to nothing.
      const own = (list: typeof places) => list.filter(({ source }) => source.startsWith('src/'));
      compared += own(wanted).length;
      assert.deepEqual(
        own(places).map(({ source, to }) => [source, ...to]),
        own(wanted).map(({ source, to }) => [source, ...to]),
      );
      const ahead = own(places).map(
        ({ at }, i) => nameless(code.slice(0, at)).length - nameless(originalCode.slice(0, own(wanted)[i]?.at)).length,
      );
      assert.ok(new Set(ahead).size <= 1, `${script} is shifted as a whole, not by ${[...new Set(ahead)].join()}`);
    }
    assert.ok(compared > 20, `${compared} segments are compared`);
  });

  test(`${name}: script and map carry one debug id, and the script registers it under its URL`, async (t) => {
    const built = await buildShop(name, quiet);
    t.after(() => removeBuilt(built));
    for (const script of scriptsOf(built)) {
      const code = built.files.get(script) ?? '';
      const debugId = findDebugId(code);
      assert.match(debugId ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(mapOf(built, script).debugId, debugId);
      assert.equal(code.trimEnd().split('\n').at(-1), `//# sourceMappingURL=${script.split('/').at(-1)}.map`);
      const registered = runRegistration(code, `https://shop.example/${script}`);
      const [[stack, id] = ['', '']] = Object.entries(registered);
      assert.equal(id, debugId);
      assert.ok(stack.includes(`https://shop.example/${script}:`), stack);
    }
  });

  test(`${name}: equal builds have equal debug ids, and other content another`, async (t) => {
    const one = await buildShop(name, quiet);
    const two = await buildShop(name, quiet);
    t.after(() => Promise.all([removeBuilt(one), removeBuilt(two)]));
    const ids = (built: Built) => scriptsOf(built).map((script) => findDebugId(built.files.get(script) ?? ''));
    assert.deepEqual(ids(one), ids(two));
    assert.equal(new Set(ids(one)).size, ids(one).length);
  });

  test(`${name}: maps can be kept out of what is published`, async (t) => {
    const built = await buildShop(name, { quiet: true, keepMaps: false });
    t.after(() => removeBuilt(built));
    assert.deepEqual(
      [...built.files.keys()].filter((path) => path.endsWith('.map')),
      [],
    );
    for (const code of built.files.values()) {
      assert.doesNotMatch(code, /sourceMappingURL/);
      assert.ok(findDebugId(code));
    }
  });
}

/** Runs the registration alone: modules cannot be run in a context. */
function runRegistration(code: string, url: string): Record<string, string> {
  const [statement] = /try\s*\{.*?pagefaultDebugIds.*?\}\s*catch\s*(\(\w+\))?\s*\{\s*\}/s.exec(code) ?? [];
  assert.ok(statement);
  const self: { pagefaultDebugIds?: Record<string, string> } = {};
  runInNewContext(statement, { self }, { filename: url });
  return self.pagefaultDebugIds ?? {};
}
