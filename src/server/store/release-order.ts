import type { Database } from './database.ts';

interface Version {
  name: string;
  numbers: number[];
  preview: string;
}

/** `1.10.0`, `v2.0-beta.1`, `shop@1.4.2+build5`; undefined for what is no version, such as a commit. */
function versionOf(release: string): Version | undefined {
  const match = /^(?:(.+)@)?v?(\d{1,9}(?:\.\d{1,9}){1,3})(?:-([\w.-]+))?(?:\+.*)?$/.exec(release);
  return match?.[2] === undefined
    ? undefined
    : { name: match[1] ?? '', numbers: match[2].split('.').map(Number), preview: match[3] ?? '' };
}

function compareVersions(a: Version, b: Version): number {
  for (let at = 0; at < 4; at++) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference) return difference;
  }
  // A preview comes before what it previews.
  if (!a.preview || !b.preview) return Number(!a.preview) - Number(!b.preview);
  return a.preview.localeCompare(b.preview, 'en', { numeric: true });
}

/**
 * Below zero when `a` came before `b`. Versions tell their order themselves, since an old tab may be the last to be
 * heard of; what is no version goes by when it was first seen.
 */
export function compareReleases(a: string, b: string, firstSeen: (release: string) => number): number {
  if (a === b) return 0;
  const [left, right] = [versionOf(a), versionOf(b)];
  const byVersion = left && right && left.name === right.name ? compareVersions(left, right) : 0;
  return byVersion || firstSeen(a) - firstSeen(b);
}

/** When a release of the project was first seen; `unknown` if it never was. */
export function firstSeenOf(database: Database, projectId: number, unknown: number): (release: string) => number {
  return (release) =>
    Number(
      database.get('SELECT first_seen FROM releases WHERE project_id = ? AND name = ?', projectId, release)?.[
        'first_seen'
      ] ?? unknown,
    );
}

/** Of the many that a project may have had, those of late. */
const looked = 200;

/** The latest release of a project in their order; undefined while none is known. */
export function newestRelease(database: Database, projectId: number): string | undefined {
  const rows = database.all(
    'SELECT name, first_seen FROM releases WHERE project_id = ? ORDER BY first_seen DESC LIMIT ?',
    projectId,
    looked,
  );
  const seen = new Map(rows.map((row) => [String(row['name']), Number(row['first_seen'])]));
  const [newest] = [...seen.keys()].sort((a, b) => compareReleases(b, a, (name) => seen.get(name) ?? 0));
  return newest;
}
