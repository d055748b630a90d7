/** Host and path of a URL without what changes: query, fragment, numbers, ids and content hashes. */
export function urlPattern(url: string): string {
  const [, host = '', path = ''] =
    /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(url.slice(0, 2_000)) ?? [];
  return host + pathPattern(path);
}

/** A path without what changes. */
export function pathPattern(path: string): string {
  const segments = path.split('/').map((segment) => {
    if (/\.[a-z]\w{0,5}$/i.test(segment)) return withoutHash(segment);
    return /\d/.test(segment) && !/^v\d+$/i.test(segment) ? '<id>' : segment;
  });
  return segments.join('/');
}

/** A file name without the hash of its content, which changes with every build: `app-3f9a2c1b.js` is `app.js`. */
export function withoutHash(name: string): string {
  return name
    .replace(/[.\-_~](?=[a-f]{0,63}\d)[0-9a-f]{6,64}(?=\.)/i, '')
    .replace(/[.-](?=[\w-]{0,11}\d|[a-z_-]{0,10}[A-Z][\w-]{0,10}[A-Z])[\w-]{8,12}(?=\.\w{1,5}$)/, '');
}
