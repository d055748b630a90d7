import type { Client } from '../client.ts';

/** The reporter of this page, as far as loggers need it, and where it reports to. */
export interface Reporter {
  client: Pick<Client, 'report' | 'addBreadcrumb' | 'context'>;
  endpoint: string;
}

/** Undefined while there is none: `init` comes later, or `close` came. */
export type FindReporter = () => Reporter | undefined;
