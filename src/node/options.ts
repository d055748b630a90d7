import type { UserInfo } from '../protocol/event.ts';

/** What `init` takes. Only `endpoint` is required. */
export interface Options {
  /** The collector's address with the project's write key at its end: `https://errors.example.com/in/KEY`. */
  endpoint: string;
  /** The deployed version, as your build knows it: `1.4.2` or a commit. */
  release?: string | undefined;
  /** Where it is deployed: `production`, `staging`. */
  environment?: string | undefined;
  user?: UserInfo | undefined;
  /** Short words to filter by: `{ host: 'web-3' }`. */
  tags?: Record<string, string> | undefined;
  extra?: Record<string, unknown> | undefined;
  /** More names whose values are masked, beside `password`, `token`, `card` and their like. */
  mask?: (string | RegExp)[] | undefined;
}
