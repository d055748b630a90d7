import type { PersonSession } from '../../protocol/api.ts';
import { api, call, idPart } from '../api.ts';
import { useLoad } from '../lib/use-load.ts';
import { Ago } from '../parts/ago.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { Form, type Read } from './form.tsx';
import { Press } from './press.tsx';

/** Who I am here, and where I am signed in. */
export function MySettings() {
  return (
    <>
      <MeForm />
      <Sessions />
    </>
  );
}

/** The password is what lets me in without a sign-in link. */
function MeForm() {
  const person = session.value?.person;
  if (!person) return null;
  const save = async (read: Read) => {
    const self = { name: read('name'), email: read('email'), password: read('password') };
    const currentPassword = read('currentPassword');
    await api.changeMe(currentPassword ? { ...self, currentPassword } : self);
    return 'Saved. From now on you can sign in with this e-mail and password.';
  };
  return (
    <section class="panel">
      <h2>Me</h2>
      <Form button="Save" onSubmit={save}>
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
          <span class="hint">At least 10 characters. Saving signs out everywhere else.</span>
        </label>
        <label>
          Current password
          <input name="currentPassword" type="password" autocomplete="current-password" />
          <span class="hint">Only if you signed in with a password rather than a link.</span>
        </label>
      </Form>
    </section>
  );
}

function Sessions() {
  const { data, error, reload } = useLoad('sessions', () => call<PersonSession[]>('/api/sessions'));
  const end = async (id: string) => {
    await call(`/api/sessions/${idPart(id)}`, { method: 'DELETE' });
    reload();
  };
  return (
    <section class="panel">
      <h2>Signed in</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="the sessions" />}
      <ul class="lines">
        {data?.map(({ id, browser, createdAt, isCurrent }) => (
          <li key={id}>
            <span class="foreign">
              <strong>{browser || 'Unknown browser'}</strong>{' '}
              <span class="hint">
                {isCurrent && 'this one, '}since <Ago at={createdAt} />
              </span>
            </span>
            {isCurrent ? (
              <button type="button" class="button" onClick={() => void api.signOut()}>
                Sign out
              </button>
            ) : (
              <Press word="End" label={`session in ${browser || 'an unknown browser'}`} onPress={() => end(id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
