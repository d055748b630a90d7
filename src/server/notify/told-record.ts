import type { ToldRecord } from '../../protocol/notices.ts';
import { pathOf } from '../group/title.ts';
import { oneLine } from '../lib/one-line.ts';
import type { KeptRecord } from '../store/log-store.ts';

/** A record as a message tells it; `url` is the viewer's. */
export function toldRecord(
  { id, projectId, at, level, logger, text, context }: KeptRecord,
  count: number,
  url: string,
) {
  const { release, environment, page } = context;
  return {
    ...{ id, at, level, count },
    logger: oneLine(logger),
    text: oneLine(text),
    release: release ?? null,
    environment: environment ?? null,
    page: page ? oneLine(pathOf(page.url)) : '',
    link: `${url}/logs?${new URLSearchParams({ project: projectId, record: id })}`,
  } satisfies ToldRecord;
}
