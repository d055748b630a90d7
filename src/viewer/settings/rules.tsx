import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useDeed } from '../lib/use-deed.ts';
import { useLoad } from '../lib/use-load.ts';
import { Problem } from '../parts/problem.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { Form, isAdmin } from './form.tsx';

interface RulesProps<Rule> {
  path: string;
  label: string;
  placeholder: string;
  load: () => Promise<{ rules: Rule[] }>;
  save: (rules: Rule[]) => Promise<unknown>;
  read: (text: string) => Rule[];
  write: (rules: Rule[]) => string;
  /** What the rules would do, to be shown below them. */
  tryThem: (rules: Rule[]) => Promise<ComponentChildren>;
  /** What they are tried on, where one chooses that. */
  children?: ComponentChildren;
}

/** Rules as text, one a line, to be tried before they hold. */
export function Rules<Rule>({ path, load, write, ...rest }: RulesProps<Rule>) {
  const { data, error, reload } = useLoad(path, load);
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <Loading what="the rules" />;
  return <Editor text={write(data.rules)} {...rest} />;
}

function Editor<Rule>({
  text: saved,
  label,
  placeholder,
  save,
  read,
  tryThem,
  children,
}: Omit<RulesProps<Rule>, 'path' | 'load' | 'write'> & { text: string }) {
  const [text, setText] = useState(saved);
  const [tried, setTried] = useState<ComponentChildren>();
  const { isBusy, problem, act } = useDeed();
  const attempt = () =>
    act(async () => {
      setTried(undefined);
      setTried(await tryThem(read(text)));
    });
  const keep = async () => {
    await save(read(text));
    return 'Saved. The rules hold for what comes from now on.';
  };
  return (
    <Form
      button="Save the rules"
      onSubmit={keep}
      beside={
        <button type="button" class="button" disabled={isBusy} onClick={attempt}>
          Try them
        </button>
      }
    >
      <label>
        {label}
        <textarea
          rows={Math.max(3, text.split('\n').length)}
          placeholder={placeholder}
          value={text}
          readOnly={!isAdmin()}
          spellcheck={false}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      {children}
      <Problem text={problem} />
      <div role="status">{tried}</div>
    </Form>
  );
}
