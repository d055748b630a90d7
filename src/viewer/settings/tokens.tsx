import { useState } from 'preact/hooks';
import type { ApiToken, NewApiToken, TokenScope } from '../../protocol/api.ts';
import { call, idPart } from '../api.ts';
import { useLoad } from '../lib/use-load.ts';
import { Ago } from '../parts/ago.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { AdminsOnly, Form, isAdmin, type Read } from './form.tsx';
import { Press } from './press.tsx';
import { Secret } from './secret.tsx';

const scopeWords: Record<TokenScope, string> = {
  read: 'Reads everything, changes nothing',
  upload: 'Uploads source maps',
  all: 'May do all that an administrator may',
};

/** Tokens for programs, each for no more than it needs. */
export function TokenSettings() {
  return (
    <section class="panel">
      <h2>API tokens</h2>
      <p class="hint">
        For builds, dashboards and scripts: <code>Authorization: Bearer …</code>. The API describes itself at{' '}
        <a href="/api/openapi.json">/api/openapi.json</a>.
      </p>
      {isAdmin() ? <Tokens /> : <AdminsOnly />}
    </section>
  );
}

function Tokens() {
  const { data, error, reload } = useLoad('tokens', () => call<ApiToken[]>('/api/tokens'));
  const [fresh, setFresh] = useState<NewApiToken>();
  const projects = session.value?.projects ?? [];
  const make = async (read: Read) => {
    // `upload 2` is the scope and its project.
    const [scope, projectId] = read('scope').split(' ');
    const body = { name: read('name'), scope, projectId };
    setFresh(await call<NewApiToken>('/api/tokens', { method: 'POST', body }));
    reload();
  };
  const remove = async (id: string) => {
    await call(`/api/tokens/${idPart(id)}`, { method: 'DELETE' });
    reload();
  };
  const nameOf = (projectId: string | null) => projects.find(({ id }) => id === projectId)?.name;
  return (
    <>
      {error && <Failure error={error} onRetry={reload} />}
      {!data && !error && <Loading what="the tokens" />}
      {data?.length === 0 && <p class="hint empty">There is none yet.</p>}
      <ul class="lines">
        {data?.map(({ id, name, scope, projectId, createdAt }) => (
          <li key={id}>
            <span class="foreign">
              <strong>{name}</strong>{' '}
              <span class="hint">
                {scopeWords[scope]}
                {projectId !== null && ` of ${nameOf(projectId) ?? projectId}`}. Made <Ago at={createdAt} />.
              </span>
            </span>
            <Press
              word="Remove"
              label={name}
              question={`Remove ${name}? What uses it will be refused.`}
              onPress={() => remove(id)}
            />
          </li>
        ))}
      </ul>
      {fresh && <Secret label="Token" hint="Copy it now: it is not shown again." text={fresh.token} />}
      <Form button="Make a token" onSubmit={make} isCleared isRow>
        <label>
          What for
          <input name="name" required maxLength={100} autocomplete="off" placeholder="CI" />
        </label>
        <label>
          It may
          <select name="scope">
            {projects.map(({ id, name }) => (
              <option key={id} value={`upload ${id}`}>
                upload source maps of {name}
              </option>
            ))}
            <option value="read">read everything</option>
            <option value="all">do all that an administrator may</option>
          </select>
        </label>
      </Form>
    </>
  );
}
