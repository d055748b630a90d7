import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { session } from '../session.ts';
import { messageOf } from '../lib/message-of.ts';

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
  const [said, setSaid] = useState<{ text: string; isProblem: boolean }>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    setBusy(true);
    try {
      const text = await onSubmit((name) => String(fields.get(name) ?? ''));
      setSaid(text ? { text, isProblem: false } : undefined);
      if (isCleared) form.reset();
    } catch (reason) {
      setSaid({ text: messageOf(reason), isProblem: true });
    }
    setBusy(false);
  };
  return (
    <form class={isRow ? 'form row' : 'form'} onSubmit={(event) => void submit(event)}>
      {children}
      <div class="actions">
        {beside}
        <button class="button" disabled={isBusy}>
          {button}
        </button>
      </div>
      {said && (
        <p class={said.isProblem ? 'problem' : 'success'} role={said.isProblem ? 'alert' : 'status'}>
          {said.text}
        </p>
      )}
    </form>
  );
}

/** Only administrators change what holds for all. */
export const isAdmin = () => session.value?.person.role === 'admin';

export const AdminsOnly = () => <p class="hint">Administrators can change this.</p>;
