import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { buildIndex } from '../../../src/server/symbolicate/build-index.ts';
import { MapIndex } from '../../../src/server/symbolicate/map-index.ts';

// The conformance cases of ECMA-426, as tc39/source-map-tests publishes them. Every one applies.

interface Action {
  actionType: 'checkMapping' | 'checkMappingTransitive' | 'checkIgnoreList';
  generatedLine: number;
  generatedColumn: number;
  originalSource: string | null;
  originalLine: number | null;
  originalColumn: number | null;
  mappedName: string | null;
  intermediateMaps?: string[];
  present?: string[];
}

interface Case {
  name: string;
  description: string;
  sourceMapFile: string;
  sourceMapIsValid: boolean;
  testActions?: Action[];
}

const folder = new URL('../../fixtures/source-map-tests/', import.meta.url);
const { tests } = JSON.parse(readFileSync(new URL('source-map-spec-tests.json', folder), 'utf8')) as { tests: Case[] };

function textOf(file: string): string {
  return readFileSync(new URL(`resources/${file}`, folder), 'utf8');
}

function indexOf(file: string): MapIndex {
  return new MapIndex(zstdDecompressSync(buildIndex(textOf(file)).index));
}

/** A map is valid when it can be used, and nothing in it had to be left out. */
function isValid(file: string): boolean {
  try {
    return buildIndex(textOf(file)).problems.length === 0;
  } catch {
    return false;
  }
}

function check(index: MapIndex, action: Action): void {
  // The cases count from nought.
  let traced = index.trace(action.generatedLine + 1, action.generatedColumn + 1);
  for (const file of action.intermediateMaps ?? []) {
    index = indexOf(file);
    traced = traced && index.trace(traced.line, traced.column);
  }
  const source = traced && index.header.sources[traced.source];
  assert.equal(source?.source ?? null, action.originalSource);
  assert.equal(traced ? traced.line - 1 : null, action.originalLine);
  assert.equal(traced ? traced.column - 1 : null, action.originalColumn);
  assert.equal(traced?.name ?? null, action.mappedName);
}

for (const { name, description, sourceMapFile, sourceMapIsValid, testActions = [] } of tests) {
  test(`ECMA-426 ${name}: ${description}`, () => {
    assert.equal(isValid(sourceMapFile), sourceMapIsValid);
    if (!sourceMapIsValid) return;
    const index = indexOf(sourceMapFile);
    for (const action of testActions) {
      if (action.actionType !== 'checkIgnoreList') check(index, action);
      else {
        const ignored = index.header.sources.filter((source) => !source.inApp).map((source) => source.source);
        assert.deepEqual(ignored, action.present);
      }
    }
  });
}

test('every kind of conformance case is known', () => {
  const kinds = new Set(tests.flatMap(({ testActions = [] }) => testActions.map((action) => action.actionType)));
  assert.deepEqual([...kinds].sort(), ['checkIgnoreList', 'checkMapping', 'checkMappingTransitive']);
  assert.equal(tests.length, 99);
});
