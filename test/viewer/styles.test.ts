import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

const read = (file: string) => readFileSync(file, 'utf8');
const withoutComments = (css: string) => css.replaceAll(/\/\*[^]*?\*\//g, '');

for (const folder of ['src/viewer', 'demo']) {
  const styles = globSync(`${folder}/**/*.css`);
  const sources = globSync(`${folder}/**/*.{ts,tsx}`).map(read).join('\n');

  test(`the page of ${folder} loads every style sheet that is there`, () => {
    const entry = join(folder, 'style.css');
    const imported = [...withoutComments(read(entry)).matchAll(/@import '(.+?)'/g)].map(([, file = '']) =>
      relative('', join(dirname(entry), file)),
    );
    assert.ok(imported.length > 1);
    assert.deepEqual(
      styles.filter((file) => file !== entry && !imported.includes(file)),
      [],
    );
  });

  test(`every class that the styles of ${folder} name is given to something`, () => {
    // `level-error` may also be written as `level-${level}`.
    const isGiven = (name: string) =>
      new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sources) || sources.includes(name.replace(/-[^-]+$/, '-${'));
    const classes = styles.flatMap((file) =>
      [...withoutComments(read(file)).matchAll(/\.([a-z][\w-]*)(?=[^;{}]*\{)/gi)].map(([, name = '']) => name),
    );
    assert.ok(classes.length > 50);
    assert.deepEqual(
      [...new Set(classes)].filter((name) => !isGiven(name)),
      [],
    );
  });
}
