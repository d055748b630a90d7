import { hash } from 'node:crypto';

/** A number that stands for a text, such as a page's session: shorter, and only looked for, never read. */
export const textNumber = (text: string): number => parseInt(hash('sha256', text).slice(0, 12), 16);
