import type { Level } from './event.ts';

/** One line of a log. The context of its batch (session, release, page, user ...) is its own too. */
export interface LogRecord {
  /** Random, made by the sender: 16 to 64 characters of `A-Za-z0-9_-`. The collector stores an id once. */
  id: string;
  /** Milliseconds since 1970 by the sender's clock. */
  at: number;
  level: Level;
  /** Dotted name, such as `checkout.payment`: what stands before a dot is its parent. Empty for the root. */
  logger: string;
  /** What a person reads. */
  text: string;
  /** Structured fields. */
  data?: Record<string, unknown>;
}
