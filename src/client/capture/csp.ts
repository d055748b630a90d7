import type { Captured } from './captured.ts';

/** What the page's Content-Security-Policy forbade, or would if it were enforced; of our own requests only that. */
export function fromViolation(
  event: SecurityPolicyViolationEvent,
  endpoint: string,
  onForbidden: () => void,
): Captured | undefined {
  const { blockedURI } = event;
  const isEnforced = event.disposition === 'enforce';
  if (blockedURI && endpoint.startsWith(blockedURI)) {
    if (isEnforced) onForbidden();
    return undefined;
  }
  return {
    mechanism: 'csp',
    _type: 'PolicyError',
    _value: `${event.effectiveDirective} ${isEnforced ? '' : 'would have '}blocked ${blockedURI}`,
    _place: { filename: event.sourceFile, lineno: event.lineNumber, colno: event.columnNumber },
  };
}
