import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

/** Runs a tool of ours and fails with what it printed. */
async function passes(script: string, ...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 0, output);
}

test('eslint finds nothing', () => passes('node_modules/eslint/bin/eslint.js', '.'));

test('prettier would change nothing', () => passes('node_modules/prettier/bin/prettier.cjs', '--check', '.'));
