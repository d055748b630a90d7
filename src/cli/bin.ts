#!/usr/bin/env node
// Static imports of `node:sqlite` fail before any line of ours runs, so the version is checked ahead of a dynamic one.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`pagefault needs Node.js 22.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
const { main } = await import('./main.ts');
await main();
