/** What a person can choose otherwise when listening failed, by the system's code. */
const remedies: Record<string, string> = {
  EADDRINUSE: 'choose another with --port',
  EACCES: 'choose one above 1023 with --port',
  EADDRNOTAVAIL: 'choose another with --host',
  ENOTFOUND: 'choose another with --host',
};

const bugs = [TypeError, ReferenceError, RangeError, SyntaxError];

/** One line for what a person can mend, with the remedy where there is one; the whole stack for what only we can. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (bugs.some((kind) => error instanceof kind)) return error.stack ?? error.message;
  const { code, syscall } = (error.cause ?? {}) as { code?: string; syscall?: string };
  const remedy = syscall === 'listen' || syscall === 'getaddrinfo' ? remedies[code ?? ''] : undefined;
  return remedy === undefined ? error.message : `${error.message}; ${remedy}`;
}
