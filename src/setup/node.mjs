import { existsSync } from 'node:fs';
import { SetupError } from './say.mjs';

const ownNode = `node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;

/** The Node that builds and tests: the one from the package `node`, which npm scripts find first on their PATH too. */
export function nodePath() {
  return existsSync(ownNode) ? ownNode : process.execPath;
}

/** Scripts of packages may be forbidden (`ignore-scripts`): then the package `node` brings none, and ours must do. */
export function prepareNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (existsSync(ownNode) || major > 22 || (major === 22 && minor >= 19)) return;
  throw new SetupError(
    `Pagefault needs Node.js 22.19 or newer; this is ${process.versions.node}, and the package "node" that brings ` +
      `a newer one was not set up (npm config: ignore-scripts?).`,
  );
}
