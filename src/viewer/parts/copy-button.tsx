import { useEffect, useState } from 'preact/hooks';
import { copyText } from '../lib/copy.ts';
import { Icon } from './icon.tsx';

/** Copies what `text` returns at the moment of the click, and says so for two seconds. */
export function CopyButton({ text, label }: { text: () => string; label: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(''), 2_000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(text())) ? 'Copied' : 'Copying is not allowed here');
  return (
    <button type="button" class="button quiet" onClick={() => void copy()}>
      <Icon name={said === 'Copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{said || label}</span>
    </button>
  );
}
