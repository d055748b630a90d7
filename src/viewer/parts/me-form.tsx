import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { session } from '../session.ts';

/** Who I am here. The password is what lets me in without a sign-in link. */
export function MeForm() {
  const person = session.value?.person;
  const [said, setSaid] = useState<{ text: string; isProblem: boolean }>();
  if (!person) return null;
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const password = String(fields.get('password'));
    const changes = { name: String(fields.get('name')), email: String(fields.get('email')) };
    try {
      await api.changeMe(password ? { ...changes, password } : changes);
      await api.loadSession();
      setSaid({
        text: password ? 'Saved. Sign in with this e-mail and password from now on.' : 'Saved.',
        isProblem: false,
      });
    } catch (reason) {
      setSaid({ text: reason instanceof Error ? reason.message : String(reason), isProblem: true });
    }
  };
  return (
    <section class="panel">
      <h2>Me</h2>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <label>
          Name
          <input name="name" defaultValue={person.name} autocomplete="name" />
        </label>
        <label>
          E-mail
          <input name="email" type="email" defaultValue={person.email} autocomplete="username" required />
        </label>
        <label>
          New password
          <input name="password" type="password" autocomplete="new-password" minLength={10} />
          <span class="hint">At least 10 characters. Leave it empty to keep what you have.</span>
        </label>
        {said && (
          <p class={said.isProblem ? 'problem' : 'success'} role={said.isProblem ? 'alert' : 'status'}>
            {said.text}
          </p>
        )}
        <button class="button primary">Save</button>
      </form>
    </section>
  );
}
