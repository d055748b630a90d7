import { useState } from 'preact/hooks';
import { messageOf } from './message-of.ts';

/** What a person does; what it returns, if anything, is told as success. */
export type Deed = () => Promise<string | void>;

/** One thing at a time that a person does, and how it went: `act` never throws. */
export function useDeed() {
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const act = async (deed: Deed) => {
    setBusy(true);
    setSaid('');
    setProblem('');
    try {
      setSaid((await deed()) ?? '');
    } catch (reason) {
      setProblem(messageOf(reason));
    }
    setBusy(false);
  };
  return { isBusy, said, problem, act: (deed: Deed) => void act(deed) };
}
