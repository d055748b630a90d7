import type { ArtifactStore } from '../store/artifact-store.ts';

type Finder = 'byDebugId' | 'byBasename' | 'countMaps';

/** The same store, but who asks twice between two calls of `forget` gets the same answer: events of one burst name the same scripts. */
export function cachePerBatch(store: ArtifactStore): { artifacts: ArtifactStore; forget(): void } {
  const known = new Map<string, Promise<unknown>>();
  const once =
    <Name extends Finder>(name: Name) =>
    (...args: Parameters<ArtifactStore[Name]>): ReturnType<ArtifactStore[Name]> => {
      const key = `${name}\0${args.join('\0')}`;
      const find = store[name] as (...args: Parameters<ArtifactStore[Name]>) => Promise<unknown>;
      const answer = known.get(key) ?? find(...args);
      known.set(key, answer);
      return answer as ReturnType<ArtifactStore[Name]>;
    };
  return {
    artifacts: {
      ...store,
      byDebugId: once('byDebugId'),
      byBasename: once('byBasename'),
      countMaps: once('countMaps'),
    },
    forget: () => known.clear(),
  };
}
