import type { Captured } from './captured.ts';

/** What the page's Content-Security-Policy forbade, or would if it were enforced; of our own requests only that. */
export function fromViolation(
  { effectiveDirective, blockedURI, disposition, sourceFile, lineNumber, columnNumber }: SecurityPolicyViolationEvent,
  endpoint: string,
  onForbidden: () => void,
): Captured | undefined {
  if (blockedURI && endpoint.startsWith(blockedURI)) {
    if (disposition === 'enforce') onForbidden();
    return undefined;
  }
  return {
    mechanism: 'csp',
    _type: 'PolicyError',
    _value: `${effectiveDirective} blocked ${blockedURI}`,
    _place: { filename: sourceFile, lineno: lineNumber, colno: columnNumber },
  };
}
