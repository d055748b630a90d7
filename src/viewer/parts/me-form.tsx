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
    const text = (name: string) => String(fields.get(name));
    const self = { name: text('name'), email: text('email'), password: text('password') };
    const currentPassword = text('currentPassword');
    try {
      await api.changeMe(currentPassword ? { ...self, currentPassword } : self);
      form.reset();
      setSaid({ text: 'Saved. From now on you can sign in with this e-mail and password.', isProblem: false });
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
          <input name="name" defaultValue={person.name} autocomplete="name" maxLength={100} required />
        </label>
        <label>
          E-mail
          <input name="email" type="email" defaultValue={person.email} autocomplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="new-password" minLength={10} required />
          <span class="hint">At least 10 characters.</span>
        </label>
        <label>
          Current password
          <input name="currentPassword" type="password" autocomplete="current-password" />
          <span class="hint">Only if you signed in with a password rather than a link.</span>
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
