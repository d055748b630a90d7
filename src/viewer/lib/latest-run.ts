import { signal } from '@preact/signals';

/** Work of which only the latest counts: what was begun before is given up, and neither shown nor told. */
export function createLatestRun() {
  const error = signal<Error | undefined>(undefined);
  const isLoading = signal(false);
  let abort = new AbortController();

  async function run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    isLoading.value = true;
    try {
      await work(signal);
      if (!signal.aborted) error.value = undefined;
    } catch (reason) {
      if (!signal.aborted) error.value = reason instanceof Error ? reason : new Error(String(reason));
    } finally {
      if (!signal.aborted) isLoading.value = false;
    }
  }

  return { error, isLoading, run };
}
