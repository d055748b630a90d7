import type { Captured } from './captured.ts';

/** What the page's Content-Security-Policy forbade, or would if it were enforced; of our own requests only that. */
export function fromViolation(
  event: SecurityPolicyViolationEvent,
  endpoint: string,
  onForbidden: () => void,
): Captured | undefined {
  const { blockedURI } = event;
  if (blockedURI && endpoint.startsWith(blockedURI)) {
    if (event.disposition === 'enforce') onForbidden();
    return undefined;
  }
  return {
    mechanism: 'csp',
    _type: 'PolicyError',
    _value: `${event.effectiveDirective} blocked ${blockedURI}`,
    _place: { filename: event.sourceFile, lineno: event.lineNumber, colno: event.columnNumber },
  };
}
