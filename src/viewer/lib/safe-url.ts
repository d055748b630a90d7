/** The URL if a click on it can do no more than open a page; URLs come from whoever sent the event. */
export function safeUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text).href : undefined;
}

/** Where to go after signing in: a path of this viewer only, whatever `next` says. */
export function safeNext(next: string | undefined, origin: string): string {
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return '/';
  const url = new URL(next, origin);
  if (url.origin !== origin || url.pathname === '/sign-in') return '/';
  return url.pathname + url.search + url.hash;
}
