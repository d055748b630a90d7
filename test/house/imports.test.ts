import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { test } from 'node:test';
import { readImports, type Import } from './read-imports.ts';

type Rule = 'all' | 'types' | 'types and constants' | 'loggers';

/** Files of nothing but types and a few constants. */
const constants = ['src/protocol/limits.ts', 'src/protocol/batch.ts'];

/** Who may import whom, as in src/README.md. */
const table: Record<string, { sides: Record<string, Rule>; node: boolean; packages: boolean }> = {
  protocol: { sides: {}, node: false, packages: false },
  client: { sides: { protocol: 'types and constants' }, node: false, packages: true },
  viewer: { sides: { protocol: 'types' }, node: false, packages: true },
  node: { sides: { protocol: 'types and constants', client: 'loggers' }, node: true, packages: false },
  server: { sides: { protocol: 'all' }, node: true, packages: true },
  plugin: { sides: { protocol: 'all' }, node: true, packages: false },
  cli: { sides: { protocol: 'all', server: 'all', plugin: 'all' }, node: true, packages: false },
  setup: { sides: {}, node: true, packages: false },
};

/** Modules that only these files may import. */
const reserved: Record<string, RegExp> = {
  'node:sqlite': /^src\/server\/store\//,
  'error-stack-parser': /^src\/client\/stack\.ts$/,
};

const files = globSync('src/**/*.{ts,tsx,mjs}')
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const imports = files.flatMap(readImports);

const sideOf = (file: string) => file.split('/')[1] ?? '';

/** Why an import may not be; undefined when it may. */
function whyNot({ from, specifier, target, isType }: Import): string | undefined {
  const row = table[sideOf(from)];
  if (!row) return `src/${sideOf(from)} is not in the table`;
  if (reserved[specifier] && !reserved[specifier].test(from)) return 'belongs to another file';
  if (specifier.startsWith('node:')) return row.node ? undefined : 'does not run in Node';
  if (target === undefined) return row.packages ? undefined : 'may import no package';
  if (!target.startsWith('src/')) return 'leaves src';
  if (sideOf(target) === sideOf(from)) return undefined;
  return whyNotSide(row.sides[sideOf(target)], target, isType);
}

function whyNotSide(rule: Rule | undefined, target: string, isType: boolean): string | undefined {
  if (rule === undefined) return `may not import ${sideOf(target)}`;
  if (rule === 'loggers') return target.startsWith('src/client/logger/') ? undefined : `only ${rule}`;
  if (rule === 'all' || isType) return undefined;
  return rule === 'types and constants' && constants.includes(target) ? undefined : `only ${rule}`;
}

/** The first way back to where it began, file by file. */
function findCycle(): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { target } of imports.filter(({ from }) => from === file)) {
      const cycle = target === undefined ? undefined : visit(target, [...way, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

test('every import keeps to the table of src/README.md', () => {
  assert.ok(imports.length > files.length / 2, 'imports were read');
  const broken = imports.flatMap((one) => {
    const why = whyNot(one);
    return why ? [`${one.from}: ${one.specifier}: ${why}`] : [];
  });
  assert.deepEqual(broken, []);
});

test('no file imports itself in the end, type imports included', () => {
  assert.equal(findCycle()?.join(' -> '), undefined);
});

test('imports of our own files name an existing file, with its ending', () => {
  const missing = imports.filter(
    ({ target }) => target !== undefined && !files.includes(target) && !/\.(css|json|svg)$/.test(target),
  );
  assert.deepEqual(
    missing.map(({ from, specifier }) => `${from}: ${specifier}`),
    [],
  );
});
