import { useEffect, useState } from 'preact/hooks';

/** What a loader brought, or null until then. Loads again when `key` changes; a late answer to an older key is dropped. */
export function useLoaded<T>(key: string, load: () => Promise<T>): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    let wanted = true;
    void load().then((value) => {
      if (wanted) setLoaded(value);
    });
    return () => {
      wanted = false;
    };
  }, [key]);
  return loaded;
}
