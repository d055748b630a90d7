import { useEffect, useState } from 'preact/hooks';
import type { SavedSearch } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { session } from '../session.ts';
import { Menu } from './menu.tsx';
import { messageOf } from '../lib/message-of.ts';

/** Searches that are kept, and a place to keep the present one. `href` is the list's address as it is. */
export function SavedSearches({ href }: { href: string }) {
  const [searches, setSearches] = useState<SavedSearch[]>([]);
  const [problem, setProblem] = useState('');
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      setSearches(await api.searches());
      setProblem('');
    } catch (reason) {
      setProblem(messageOf(reason));
    }
  };
  useEffect(() => void run(async () => undefined), []);
  const search = href.split('?')[1] ?? '';
  const isAdmin = session.value?.person.role === 'admin';
  return (
    <Menu label="Searches" class="searches">
      {(close) => (
        <>
          {searches.length === 0 && <p class="hint">No searches are kept yet.</p>}
          {searches.map(({ id, name, search: kept, isShared, isMine }) => (
            <span key={id} class="kept-search">
              <a class="foreign" href={kept ? `/issues?${kept}` : '/issues'} onClick={close}>
                {name}
                {isShared && <span class="hint"> for everybody</span>}
              </a>
              {(isMine || isAdmin) && (
                <button
                  type="button"
                  class="button quiet"
                  aria-label={`Forget ${name}`}
                  title={`Forget ${name}`}
                  onClick={() => void run(() => api.forgetSearch(id))}
                >
                  ×
                </button>
              )}
            </span>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const form = event.currentTarget;
              const data = new FormData(form);
              const wanted = { name: String(data.get('name')), search, isShared: data.has('shared') };
              void run(() => api.keepSearch(wanted)).then(() => form.reset());
            }}
          >
            <input name="name" required maxLength={100} placeholder="Name" aria-label="Name of this search" />
            <label class="check">
              <input name="shared" type="checkbox" /> for everybody
            </label>
            <button class="button">Keep this search</button>
          </form>
          {problem && (
            <p class="problem" role="alert">
              {problem}
            </p>
          )}
        </>
      )}
    </Menu>
  );
}
