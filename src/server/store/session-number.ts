import { hash } from 'node:crypto';

/** A number that stands for a page's session: shorter than the text, and only looked for, never read. */
export const sessionNumber = (session: string): number => parseInt(hash('sha256', session).slice(0, 12), 16);
