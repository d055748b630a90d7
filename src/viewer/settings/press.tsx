import { useDeed } from '../lib/use-deed.ts';
import { Problem } from '../parts/problem.tsx';

interface PressProps {
  word: string;
  /** What a reader by ear hears, where the word alone does not say of what. */
  label: string;
  onPress: () => Promise<void>;
  /** Asked before something that cannot be undone. */
  question?: string;
}

/** A button that says when it did not work. */
export function Press({ word, label, onPress, question }: PressProps) {
  const { isBusy, problem, act } = useDeed();
  return (
    <>
      <button
        type="button"
        class="button quiet"
        aria-label={`${word}: ${label}`}
        disabled={isBusy}
        onClick={() => (!question || confirm(question)) && act(onPress)}
      >
        {word}
      </button>
      <Problem text={problem} />
    </>
  );
}
