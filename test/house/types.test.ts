import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

function read(configFile: string): ts.ParsedCommandLine {
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(configFile, {}, host);
  assert.ok(config, `${configFile} cannot be read`);
  assert.ok(config.fileNames.length > 0, `${configFile} includes no file`);
  return config;
}

/** What `tsc -p <side>` would print, of sides that have the same options. */
function check(configs: ts.ParsedCommandLine[]): string {
  const rootNames = configs.flatMap(({ fileNames }) => fileNames);
  const program = ts.createProgram({ rootNames, options: configs[0]?.options ?? {} });
  const errors = configs.flatMap((config) => config.errors);
  return ts.formatDiagnostics([...errors, ...ts.getPreEmitDiagnostics(program)], {
    getCurrentDirectory: () => process.cwd(),
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}

// What the server, the command and others import is checked once.
const sides = new Map<string, string[]>();
for (const file of globSync('{src/*,demo,test}/tsconfig.json').sort()) {
  const options = JSON.stringify({ ...read(file).options, configFilePath: '' });
  sides.set(options, [...(sides.get(options) ?? []), file]);
}
for (const files of sides.values())
  test(`the types of ${files.map((file) => dirname(file)).join(', ')} are right`, () =>
    assert.equal(check(files.map(read)), ''));
