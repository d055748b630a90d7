import { useState } from 'preact/hooks';
import { messageOf } from '../lib/message-of.ts';

interface PressProps {
  word: string;
  /** What a reader by ear hears, where the word alone does not say of what. */
  label: string;
  onPress: () => Promise<unknown>;
  /** Asked before something that cannot be undone. */
  question?: string;
}

/** A button that says when it did not work. */
export function Press({ word, label, onPress, question }: PressProps) {
  const [problem, setProblem] = useState('');
  const press = () => {
    if (question && !confirm(question)) return;
    onPress().then(
      () => setProblem(''),
      (reason: unknown) => setProblem(messageOf(reason)),
    );
  };
  return (
    <>
      <button type="button" class="button quiet" aria-label={`${word}: ${label}`} onClick={press}>
        {word}
      </button>
      {problem && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
