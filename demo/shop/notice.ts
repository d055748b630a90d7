import { signal } from '@preact/signals';

/** One sentence to the visitor, below the masthead; empty for none. */
export const notice = signal('');

export function say(sentence: string): void {
  notice.value = sentence;
}
