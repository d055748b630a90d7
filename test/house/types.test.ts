import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

/** What `tsc -p <side>` would print. */
function check(configFile: string): string {
  const host: ts.ParseConfigFileHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const config = ts.getParsedCommandLineOfConfigFile(configFile, {}, host);
  assert.ok(config, `${configFile} cannot be read`);
  assert.ok(config.fileNames.length > 0, `${configFile} includes no file`);
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });
  return ts.formatDiagnostics([...config.errors, ...ts.getPreEmitDiagnostics(program)], {
    getCurrentDirectory: () => process.cwd(),
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}

for (const configFile of globSync('{src/*,demo,test}/tsconfig.json').sort()) {
  test(`the types of ${dirname(configFile)} are right`, () => assert.equal(check(configFile), ''));
}
