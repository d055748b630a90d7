/** What the search understands as `key:value`; tags are `tag:name:value`. */
export const queryKeys = ['browser', 'os', 'device', 'release', 'environment', 'url', 'level', 'mechanism'];

/** The search for a value; undefined where the search has no words for it. */
export function queryTerm(property: string, value: string): string | undefined {
  const isKnown = [...queryKeys, 'assigned', 'logger', 'session'].includes(property) || /^tag:[^:"\s]+$/.test(property);
  if (!isKnown || !value || value.includes('"')) return undefined;
  return /^[^\s:]+$/.test(value) ? `${property}:${value}` : `${property}:"${value}"`;
}

/** Whether a search names the state of issues itself. */
export const saysState = (query: string) => /(?:^|\s)-?is:(?:unresolved|resolved|snoozed|ignored)(?:\s|$)/.test(query);
