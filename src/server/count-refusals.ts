import type { Dropped } from '../protocol/batch.ts';

const writeAfterMs = 1_000;

/** Counts batches that were refused unread, and writes the counts once a second: what is refused must not cost a write. */
export function createRefusals(write: (projectId: string, dropped: Dropped[]) => Promise<unknown>) {
  const counts = new Map<string, Map<string, number>>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const waiting = [...counts];
    counts.clear();
    await Promise.all(
      waiting.map(([projectId, reasons]) =>
        write(
          projectId,
          [...reasons].map(([reason, count]) => ({ reason, count })),
        ),
      ),
    );
  };
  return {
    flush,
    add(projectId: string, reason: string): void {
      const reasons = counts.get(projectId) ?? new Map<string, number>();
      counts.set(projectId, reasons.set(reason, 1 + (reasons.get(reason) ?? 0)));
      timer ??= setTimeout(() => void flush().catch(() => undefined), writeAfterMs).unref();
    },
  };
}
