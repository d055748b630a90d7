import { safeUrl } from '../lib/safe-url.ts';

/** A URL out of an event: a link only if it is http(s), else plain text. */
export function EventLink({ url, text = url }: { url: string; text?: string }) {
  const href = safeUrl(url);
  if (!href) return <span class="foreign">{text}</span>;
  return (
    <a class="foreign" href={href} title={url} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}
