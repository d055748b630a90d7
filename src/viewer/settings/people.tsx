import { useState } from 'preact/hooks';
import type { Invitation, Person } from '../../protocol/api.ts';
import { call, idPart } from '../api.ts';
import { capital } from '../lib/words.ts';
import { useLoad } from '../lib/use-load.ts';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { AdminsOnly, Form, isAdmin } from './form.tsx';
import { Press } from './press.tsx';
import { Secret } from './secret.tsx';

const roles = ['member', 'admin'] as const;
const personPath = (id: string) => `/api/people/${idPart(id)}`;

/** Who may look, by invitation. */
export function PeopleSettings() {
  const { data, error, reload } = useLoad('people', () => call<Person[]>('/api/people'));
  const [link, setLink] = useState<{ name: string; token: string }>();
  const change = async (work: Promise<unknown>) => {
    await work;
    reload();
  };
  const invite = async (name: string, role: string) => {
    const body = { name, role };
    const { token } = await call<Invitation>('/api/people', { method: 'POST', body });
    setLink({ name, token });
    reload();
  };
  const renew = async ({ id, name }: Person) =>
    setLink({ name, ...(await call<{ token: string }>(`${personPath(id)}/link`, { method: 'POST' })) });
  return (
    <section class="panel">
      <h2>People</h2>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="the people" />}
      <ul class="lines">
        {data?.map((person, at) => (
          <li key={person.id}>
            <span class="foreign">
              <strong>{person.name}</strong> <span class="hint">{person.email || 'no e-mail yet'}</span>
            </span>
            {at > 0 && isAdmin() && person.id !== session.value?.person.id ? (
              <span class="actions">
                <select
                  aria-label={`Role of ${person.name}`}
                  value={person.role}
                  onChange={({ currentTarget: { value } }) =>
                    void change(call(personPath(person.id), { method: 'PATCH', body: { role: value } })).catch(reload)
                  }
                >
                  {roles.map((role) => (
                    <option key={role} value={role}>
                      {capital(role)}
                    </option>
                  ))}
                </select>
                <Press word="New link" label={person.name} onPress={() => renew(person)} />
                <Press
                  word="Remove"
                  label={person.name}
                  question={`Remove ${person.name}, and sign them out everywhere?`}
                  onPress={() => change(call(personPath(person.id), { method: 'DELETE' }))}
                />
              </span>
            ) : (
              <span class="hint">{capital(person.role)}</span>
            )}
          </li>
        ))}
      </ul>
      {link && (
        <Secret
          label="Sign-in link"
          hint={`Send ${link.name} this link. It signs in once, within seven days.`}
          text={`${location.origin}/sign-in#${link.token}`}
        />
      )}
      {isAdmin() ? (
        <Form button="Invite" onSubmit={(read) => invite(read('name'), read('role'))} isCleared isRow>
          <label>
            Name
            <input name="name" required maxLength={100} autocomplete="off" />
          </label>
          <label>
            Role
            <select name="role">
              <option value="member">Member: sees all, cares for issues and alerts</option>
              <option value="admin">Admin: settings, too</option>
            </select>
          </label>
        </Form>
      ) : (
        <AdminsOnly />
      )}
    </section>
  );
}
