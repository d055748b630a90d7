import { remember } from '../lib/remember.ts';

/** Names of uploaded files are data and never paths of this machine; this only makes equal what means the same. */
const maxName = 500;

/**
 * The path that a file is known by: `https://shop.example/assets/app.js?v=1`, `~/assets/app.js` and `./assets/app.js` are
 * `assets/app.js`. Empty when nothing is left.
 */
export const artifactName: (name: string) => string = remember(nameOf);

function nameOf(name: string): string {
  const path = name
    .replaceAll('\\', '/')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/^~\//, '');
  const parts = decoded(path)
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.join('/').slice(-maxName);
}

/** The script that a map belongs to, by its name: `app.js.map` is of `app.js`. */
export function scriptNameOf(map: string): string {
  return map.replace(/\.map$/i, '');
}

/** A name with a hash of the content in it stands for that content, whatever the release: `app-B7x2kQ9z.js`. */
export function hasContentHash(basename: string): boolean {
  const parts = basename
    .replace(/\.[mc]?js$/, '')
    .split(/[.~-]|_(?=[^_]*$)/)
    .slice(1);
  return parts.some(
    (part) => /^(?=.*\d)[0-9a-f]{6,40}$/i.test(part) || /^(?=.*\d|.*[a-z].*[A-Z]|.*[A-Z].*[a-z])\w{8,24}$/.test(part),
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
