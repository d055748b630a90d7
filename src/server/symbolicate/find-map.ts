import type { Artifact, ArtifactStore } from '../store/artifact-store.ts';
import { basenameOf } from '../store/artifacts.ts';
import { artifactName, hasContentHash } from './artifact-name.ts';

/** A script of a page, as an event names it. */
export interface ScriptRef {
  projectId: string;
  url: string;
  release: string | undefined;
  debugId: string | undefined;
}

/**
 * The map of a script: by debug id, which cannot be wrong; else by release and path, whatever the host and the folder it
 * was uploaded from; else by a name that carries the content's hash.
 */
export async function findMap(artifacts: ArtifactStore, script: ScriptRef): Promise<Artifact | undefined> {
  if (script.debugId !== undefined) {
    const [newest] = await artifacts.byDebugId(script.projectId, script.debugId.toLowerCase(), 'map');
    if (newest) return newest;
  }
  const path = artifactName(script.url);
  const basename = basenameOf(path);
  if (!basename) return undefined;
  const named = await artifacts.byBasename(script.projectId, basename, 'map');
  if (named.length === 0) return undefined;
  // A map with another debug id is of another build of the same file.
  const candidates = named.filter(
    ({ debugId }) => !debugId || !script.debugId || debugId === script.debugId.toLowerCase(),
  );
  const ofRelease = candidates.filter(({ release }) => release === (script.release ?? ''));
  return closest(ofRelease, path) ?? (hasContentHash(basename) ? closest(candidates, path, true) : undefined);
}

/** The one that shares most folders with the path. The last segments are equal already. */
function closest(candidates: Artifact[], path: string, isSure = false): Artifact | undefined {
  let best: Artifact | undefined;
  let bestShared = 0;
  for (const candidate of candidates) {
    const shared = sharedSegments(candidate.script, path);
    // Either path must go on where the other ends: `index.js` of another folder is another script.
    const isSame = isSure || shared === Math.min(depth(candidate.script), depth(path));
    if (isSame && shared > bestShared) [best, bestShared] = [candidate, shared];
  }
  return best;
}

const depth = (path: string) => path.split('/').length;

function sharedSegments(one: string, other: string): number {
  const [a, b] = [one.split('/').reverse(), other.split('/').reverse()];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}
