import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { Site } from '../corpus.ts';

const siteFolder = fileURLToPath(new URL('../site', import.meta.url));

/** What release 2 renames. */
const renamed: Record<string, string> = { 'src/account/permissions.ts': 'src/account/access-rules.ts' };

const header = `/*
 * Part of the shop. Released under the terms of its licence.
 */

`;

/** Lines that begin with `//+` are in release 2 only. */
const withAddedLines = (text: string, release: number) =>
  text
    .split('\n')
    .flatMap((line) => {
      const added = /^(\s*)\/\/\+ (.*)$/.exec(line);
      if (!added) return [line];
      return release === 1 ? [] : [`${added[1]}${added[2]}`];
    })
    .join('\n');

/** `//=` stands before each block that may move: release 2 has them in reverse order. */
function withBlocksMoved(text: string, release: number): string {
  const [head = '', ...blocks] = text.split(/^\/\/=\n/m);
  return [head, ...(release === 1 ? blocks : blocks.reverse())].join('');
}

const withRenamedImports = (text: string, release: number) =>
  release === 1 ? text : text.replace(/(?<=')(\S+)\/permissions\.ts(?=')/g, '$1/access-rules.ts');

function toRelease(text: string, release: number): string {
  const edited = withRenamedImports(withBlocksMoved(withAddedLines(text, release), release), release);
  return release === 1 ? edited : header + edited;
}

/** Packages come as JavaScript, like those of a registry. */
const toJavaScript = (text: string) =>
  ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText;

/** Takes the marks `//@ name: function <- thrower` out, and notes their places: builds must not see them. */
function takeMarks(file: string, text: string, sites: Record<string, Site>): string {
  return text
    .split('\n')
    .map((line, index) => {
      const mark = /^(.*?)\s*\/\/@ ([\w-]+): (\S+)(?: <- (\S+))?$/.exec(line);
      if (!mark) return line;
      const [, code, name = '', inFunction = '', thrower] = mark;
      sites[name] = { file, line: index + 1, function: inFunction, ...(thrower ? { thrower } : {}) };
      return code;
    })
    .join('\n');
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Writes one release's sources and packages into a folder and gives the places of the marks. */
export function writeSite(folder: string, release: number): Record<string, Site> {
  const sites: Record<string, Site> = {};
  for (const name of globSync('src/**/*.ts', { cwd: siteFolder })) {
    const file = (release === 2 && renamed[name]) || name;
    const text = toRelease(readFileSync(join(siteFolder, name), 'utf8'), release);
    write(folder, file, takeMarks(file, text, sites));
  }
  for (const name of globSync('packages/*/index.ts', { cwd: siteFolder })) {
    const packageName = basename(dirname(name));
    const file = `node_modules/${packageName}/index.js`;
    const text = toJavaScript(readFileSync(join(siteFolder, name), 'utf8'));
    write(folder, file, takeMarks(file, text, sites));
    const manifest = { name: packageName, version: `1.${release}.0`, type: 'module', main: './index.js' };
    write(folder, `node_modules/${packageName}/package.json`, JSON.stringify(manifest));
  }
  write(folder, 'package.json', JSON.stringify({ name: 'shop', type: 'module' }));
  return sites;
}
