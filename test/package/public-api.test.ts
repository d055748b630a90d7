import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

interface Subpath {
  types?: string;
}
const { exports: subpaths } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, Subpath> };
const entries = Object.entries(subpaths).flatMap(([subpath, { types }]) => (types ? [{ subpath, types }] : []));

/** Everything that a subpath exports, with its own doc comment. */
function exportsOf(file: string) {
  const program = ts.createProgram([file], { skipLibCheck: true, types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return (module ? checker.getExportsOfModule(module) : []).map((symbol) => {
    const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const words = ts.displayPartsToString(own.getDocumentationComment(checker));
    return {
      name: symbol.name,
      isFunction: Boolean(own.flags & ts.SymbolFlags.Function),
      isValue: Boolean(own.flags & ts.SymbolFlags.Value),
      words,
      hasExample: own.getJsDocTags(checker).some(({ name }) => name === 'example') || words.includes('```'),
    };
  });
}

for (const { subpath, types } of entries) {
  test(`pagefault${subpath.slice(1)}: what it exports is documented, each function with an example`, () => {
    const found = exportsOf(join(process.cwd(), types));
    // The tag's entry exports nothing: its API is `window.pagefault`.
    assert.equal(found.length > 0, subpath !== './script');
    const wordless = found.filter(({ isValue, words }) => isValue && words.length < 10);
    const bare = found.filter(({ isFunction, hasExample }) => isFunction && !hasExample);
    assert.deepEqual([wordless.map(({ name }) => name), bare.map(({ name }) => name)], [[], []]);
  });
}
