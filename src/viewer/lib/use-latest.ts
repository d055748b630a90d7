import { useEffect, useState } from 'preact/hooks';

/** The newest event of when one began to read: a newer one does not replace it, the page only offers it. */
export function useLatest(newest: string | undefined, filter: string) {
  const [held, setHeld] = useState<{ id: string; filter: string }>();
  const isHeld = held?.filter === filter;
  const showNewest = () => newest !== undefined && setHeld({ id: newest, filter });
  useEffect(() => {
    if (!isHeld) showNewest();
  }, [newest, filter]);
  return { latestId: isHeld ? held.id : newest, showNewest };
}
