import { splitTitle } from '../lib/title.ts';

/** What broke: the type quieter than the message. */
export function Title({ title }: { title: string }) {
  const { type, message } = splitTitle(title);
  return (
    <span class="title foreign">
      {type && <span class="title-type">{type}: </span>}
      {message || '(no message)'}
    </span>
  );
}
