import type { Store } from './store/store.ts';

const lookMs = 2_000;

/** Opens snoozed issues when their time has come. Answers with the function that stops it. */
export function wakeSnoozed(store: Pick<Store, 'wakeSnoozed'>, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => void store.wakeSnoozed(Date.now()).catch(onError), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
