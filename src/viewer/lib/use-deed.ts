import { useState } from 'preact/hooks';
import { messageOf } from './message-of.ts';

/** One thing at a time that a person does, and what went wrong. */
export function useDeed() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const perform = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem('');
    try {
      await deed();
    } catch (reason) {
      setProblem(messageOf(reason));
    }
    setBusy(false);
  };
  return { isBusy, problem, act: (deed: () => Promise<void>) => void perform(deed) };
}
