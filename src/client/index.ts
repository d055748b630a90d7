import type { Level } from '../protocol/event.ts';

export type { Level };

export interface Options {
  /** The collector's address with the project's write key at its end: `https://errors.example.com/in/KEY`. */
  endpoint: string;
}

export function init(options: Options): void {
  void options;
}
