/** What changes from one event to the next within a message, in the order in which it is looked for. */
const changing: [RegExp, string][] = [
  [/\bdata:[^\s"'<>]{1,2000}/g, '<data>'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)]{1,2000}/gi, '<url>'],
  [/[\w.+-]{1,100}@[\w-]{1,100}\.[\w.-]{1,100}/g, '<e-mail>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<date>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/"[^"]{0,200}"|(?<!\w)'[^']{0,200}'(?!\w)|`[^`]{0,200}`/g, '<text>'],
  [/\b0x[0-9a-f]+\b|\b(?=[a-f]{0,40}\d)[0-9a-f]{8,64}\b/gi, '<hex>'],
  [/-?\d+(?:[.,]\d+)*/g, '<number>'],
];

/** A message without its changing values, so that `order 17 is gone` and `order 4 is gone` are one. */
export function parametrize(message: string): string {
  return changing
    .reduce((text, [pattern, name]) => text.replace(pattern, name), message.slice(0, 1_000))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Host and path of a URL without what changes: query, fragment, numbers, ids and content hashes. */
export function urlPattern(url: string): string {
  const [, host = '', path = ''] = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(url) ?? [];
  const segments = path.split('/').map((segment) => {
    if (/\.[a-z]\w{0,5}$/i.test(segment)) return withoutHash(segment);
    return /\d/.test(segment) && !/^v\d+$/i.test(segment) ? '<id>' : segment;
  });
  return host + segments.join('/');
}

/** A file name without the hash of its content, which changes with every build: `app-3f9a2c1b.js` is `app.js`. */
export function withoutHash(name: string): string {
  return name
    .replace(/[.\-_~](?=[a-f]{0,63}\d)[0-9a-f]{6,64}(?=\.)/i, '')
    .replace(/[.-](?=[\w-]{0,11}\d|[a-z_-]{0,10}[A-Z][\w-]{0,10}[A-Z])[\w-]{8,12}(?=\.\w{1,5}$)/, '');
}
