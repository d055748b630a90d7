import { parseQuery } from '../routes/parse-query.ts';
import type { NoticeStore, Transition } from '../store/notice-store.ts';
import type { ValueTerm } from '../store/search-terms.ts';

/** Changes whose events a search finds: values are the event's own, words and state those of its issue. */
export async function meeting(
  store: Pick<NoticeStore, 'meeting'>,
  search: string,
  changes: Transition[],
): Promise<Transition[]> {
  const terms = parseQuery(search);
  const found = changes.filter(({ values }) => terms.values.every((term) => hasValue(values, term)));
  if (found.length === 0) return [];
  const issues = await store.meeting(terms, [...new Set(found.map(({ issueId }) => issueId))]);
  return found.filter(({ issueId }) => issues.has(issueId));
}

/** As the list of issues compares: the beginning, whatever the case of its Latin letters. */
function hasValue(values: [string, string][], { property, value, isNot }: ValueTerm): boolean {
  const wanted = value.toLowerCase();
  return values.some(([name, text]) => name === property && text.toLowerCase().startsWith(wanted)) !== isNot;
}
