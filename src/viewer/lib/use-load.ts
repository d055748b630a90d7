import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Load<T> {
  /** What came last; stays while something newer is under way. */
  data: T | undefined;
  error: Error | undefined;
  isLoading: boolean;
  reload: () => void;
}

/** Loads at once and whenever `key` changes; an answer that has been overtaken is thrown away. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Load<T> {
  const [state, setState] = useState<{ key: string; data?: T; error?: Error }>({ key: '' });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    latest.current(abort.signal).then(
      (data) => !abort.signal.aborted && setState({ key, data }),
      (error: unknown) => {
        if (!abort.signal.aborted) setState((before) => ({ ...before, key, error: toError(error) }));
      },
    );
    return () => abort.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound((count) => count + 1), []);
  return { data: state.data, error: state.error, isLoading: state.key !== key, reload };
}

const toError = (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason)));
