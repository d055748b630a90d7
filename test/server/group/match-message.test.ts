import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { accessFamilies } from '../../../src/server/group/families/access.ts';
import { domFamilies } from '../../../src/server/group/families/dom.ts';
import { namedFamilies } from '../../../src/server/group/families/named.ts';
import { objectFamilies } from '../../../src/server/group/families/objects.ts';
import { syntaxFamilies } from '../../../src/server/group/families/syntax.ts';
import { valueFamilies } from '../../../src/server/group/families/values.ts';
import { matchMessage } from '../../../src/server/group/match-message.ts';
import { notOutOfHand } from '../../helpers/not-out-of-hand.ts';

const families = [accessFamilies, domFamilies, namedFamilies, objectFamilies, syntaxFamilies, valueFamilies].flat();
const meant = (type: string, message: string) => {
  const known = matchMessage(type, message);
  return known && [known.family.name, known.name];
};

test('the table has over a hundred families, each once and with its source', () => {
  assert.ok(families.length >= 110);
  assert.equal(new Set(families.map(({ name }) => name)).size, families.length);
  for (const { name, meaning, source } of families)
    assert.ok((meaning.length > 10 && source.includes(':')) || source === 'webidl', name);
});

test('three engines say the same in their words, and name the same property', () => {
  for (const message of [
    "Cannot read properties of undefined (reading 'price')",
    'can\'t access property "price", cart.find(...) is undefined',
    "undefined is not an object (evaluating 'cart.find((e)=>e.id===t).price')",
    "undefined is not an object (evaluating 'e.price=12')",
  ]) {
    assert.deepEqual(meant('TypeError', message), ['null-property', 'price'], message);
  }
  for (const message of [
    'e.items.map is not a function',
    "e.items.map is not a function. (In 'e.items.map(t)', 'e.items.map' is undefined)",
  ]) {
    assert.deepEqual(meant('TypeError', message), ['not-a-function', 'map'], message);
  }
});

test('a name that a minifier gave says nothing', () => {
  assert.deepEqual(meant('TypeError', 't is not a function'), ['not-a-function', undefined]);
  assert.deepEqual(meant('ReferenceError', 'analytics is not defined'), ['undefined-variable', 'analytics']);
});

test("what the site's own classes say is not taken for an engine's", () => {
  assert.equal(meant('OrderError', 'order is undefined'), undefined);
  assert.equal(meant('Error', 'stock is not a function of demand'), undefined);
  assert.equal(meant('TypeError', 'Unexpected value: 4'), undefined);
});

test('a page in the place of JSON is no syntax error of a script', () => {
  const message = 'Unexpected token \'<\', "<!doctype "... is not valid JSON';
  assert.deepEqual(meant('SyntaxError', message), ['json-parse', undefined]);
  assert.deepEqual(meant('SyntaxError', "Unexpected token '<'"), ['syntax-html', undefined]);
});

test('every wording of the table is found again, whatever stands in its holes', () => {
  for (const { name, chrome = [], firefox = [], safari = [] } of families) {
    for (const words of [...chrome, ...firefox, ...safari].filter(Boolean)) {
      const message = words.replaceAll('*', 'x').replaceAll('{name}', 'thing');
      const type = syntaxFamilies.some((family) => family.name === name) ? 'SyntaxError' : 'TypeError';
      assert.ok(matchMessage(type, message), `${name}: ${message}`);
    }
  }
});

test('a message of 100 kB is no message of an engine, and found out at once', () => {
  for (const part of ["Cannot read properties of undefined (reading '", 'is not a function ', "(evaluating '", 'a=']) {
    notOutOfHand(part, () => {
      assert.equal(matchMessage('TypeError', part.repeat(100_000 / part.length)), undefined);
      matchMessage('TypeError', part.repeat(1_000 / part.length));
    });
  }
});

test('a short name is believed where engines tell the name of a property, not a variable', () => {
  assert.deepEqual(meant('TypeError', "Cannot read properties of null (reading 'id')"), ['null-property', 'id']);
  assert.deepEqual(meant('TypeError', 'can\'t access property "id", t is null'), ['null-property', 'id']);
  assert.equal(meant('TypeError', "Cannot read properties of null (reading '0')")?.[1], undefined);
  assert.equal(meant('TypeError', 't is null')?.[1], undefined);
});

test("messages made from the engines' own templates are known for what they are", () => {
  const file = new URL('../../fixtures/engine-messages.json', import.meta.url);
  const templates = JSON.parse(readFileSync(file, 'utf8')) as Record<string, [string, string, string][]>;
  for (const [source, messages] of Object.entries(templates)) {
    for (const [family, type, message] of messages) {
      assert.equal(matchMessage(type, message)?.family.name, family, `${source}: ${message}`);
    }
  }
});
