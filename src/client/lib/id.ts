import { now } from './now.ts';

const start = now().toString(36) + Math.random().toString(36).slice(2, 10);
let last = 99;

/**
 * 18 characters: the time of the start and about 41 random bits, which to make each time would take longer than the rest of
 * what an event needs, and a number.
 */
export const createId = (): string => start + (++last).toString(36);
