import type { ComponentChildren } from 'preact';
import { useDeed } from '../lib/use-deed.ts';
import { Problem } from '../parts/problem.tsx';
import { session } from '../session.ts';

/** The text of a field by its name. */
export type Read = (name: string) => string;

interface FormProps {
  button: string;
  /** Does what the form is for; what it returns is told as success. */
  onSubmit: (read: Read) => Promise<string | void>;
  /** Empty again after success. */
  isCleared?: boolean;
  /** One line: field and button beside each other. */
  isRow?: boolean;
  /** Beside the button. */
  beside?: ComponentChildren;
  children: ComponentChildren;
}

/** A form that says how it went. */
export function Form({ button, onSubmit, isCleared, isRow, beside, children }: FormProps) {
  const { isBusy, said, problem, act } = useDeed();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    act(async () => {
      const text = await onSubmit((name) => String(fields.get(name) ?? ''));
      if (isCleared) form.reset();
      return text;
    });
  };
  return (
    <form class={isRow ? 'form row' : 'form'} onSubmit={submit}>
      {children}
      <div class="actions">
        {beside}
        <button class="button" disabled={isBusy}>
          {button}
        </button>
      </div>
      {(said || problem) && (
        <p>
          <Problem text={problem} />
          {said && (
            <span class="success" role="status">
              {said}
            </span>
          )}
        </p>
      )}
    </form>
  );
}

/** Only administrators change what holds for all. */
export const isAdmin = () => session.value?.person.role === 'admin';

export const AdminsOnly = () => <p class="hint">Administrators can change this.</p>;
