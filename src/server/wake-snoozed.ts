import type { Store } from './store/store.ts';

const lookMs = 2_000;

/** Opens snoozed issues when their time has come, and tells which. Answers with the function that stops it. */
export function wakeSnoozed(
  store: Pick<Store, 'wakeSnoozed'>,
  onWoken: (issueIds: string[]) => void,
  onError: (error: unknown) => void,
): () => void {
  const look = async () => {
    const woken = await store.wakeSnoozed(Date.now());
    if (woken.length > 0) onWoken(woken);
  };
  const timer = setInterval(() => void look().catch(onError), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}
