/** The page's own origin says nothing in its own history. */
export function withoutOrigin(text: string, pageUrl: string | undefined): string {
  const origin = pageUrl && URL.canParse(pageUrl) ? new URL(pageUrl).origin : '';
  return origin.startsWith('http') ? text.replaceAll(`${origin}/`, '/') : text;
}
