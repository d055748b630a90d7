/** The part of a script's URL by which a developer knows it: without the page's own origin, query and fragment. */
export function fileName(filename: string, pageUrl: string | undefined): string {
  if (!URL.canParse(filename)) return filename;
  const url = new URL(filename);
  if (!url.host) return filename;
  const path = url.pathname.slice(1) || '/';
  const isOwn = pageUrl && URL.canParse(pageUrl) && new URL(pageUrl).origin === url.origin;
  return isOwn ? path : `${url.host}/${path === '/' ? '' : path}`;
}

/** `app.js:12:3`; a line or column of 0 is unknown. */
export function position(file: string, lineno: number | undefined, colno: number | undefined): string {
  if (!lineno) return file;
  return colno ? `${file}:${lineno}:${colno}` : `${file}:${lineno}`;
}
