import { setFlagsFromString } from 'node:v8';

/** Compilers of V8 that are on by default, of versions and machines where it has them. */
function compilers(): string[] {
  const hasMaglev = Number.parseInt(process.versions.node) >= 24 && ['x64', 'arm64'].includes(process.arch);
  return ['opt', 'sparkplug', ...(hasMaglev ? ['maglev'] : [])];
}

/**
 * Runs `work` without compiling for speed what is called a few times: what the compilers of V8 take for a start, some 12 MB
 * of code and of what they need themselves, would stay for as long as the process lives.
 */
export async function runUnoptimized<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const compiler of compilers()) setFlagsFromString(`--no-${compiler}`);
  try {
    return await work();
  } finally {
    for (const compiler of compilers()) setFlagsFromString(`--${compiler}`);
  }
}
