import type { LogLine } from '../protocol/log-api.ts';
import type { Context } from '../protocol/event.ts';
import type { KeptRecord } from './store/log-store.ts';

/** Characters of data, as JSON, that a line of a list has. */
const maxDataChars = 4_000;

/** What a list and the live stream show of a record. */
export function logLine({ id, at, level, logger, text, data, projectId, context }: KeptRecord): LogLine {
  const isCut = data !== undefined && JSON.stringify(data).length > maxDataChars;
  return { id, at, level, logger, text, ...(data && !isCut && { data }), projectId, ...whereOf(context), isCut };
}

/** What lines say of the page and its user. */
export const whereOf = ({ release, environment, session, page, user }: Context) => ({
  release: release ?? null,
  environment: environment ?? null,
  session: session ?? null,
  url: page?.url ?? null,
  user: user?.name ?? user?.email ?? user?.id ?? null,
});
