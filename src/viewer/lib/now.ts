import { signal } from '@preact/signals';

/** The time, for everything that is shown relative to it. Moves every ten seconds. */
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now()), 10_000);
