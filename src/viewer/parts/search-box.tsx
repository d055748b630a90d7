import { useEffect, useRef, useState } from 'preact/hooks';
import type { KnownValue } from '../../protocol/api.ts';
import { api } from '../api.ts';
import { completeQuery, lastTerm, recordKeys, type Completion } from '../lib/complete-query.ts';
import { levels } from '../lib/levels.ts';
import { loadPeople, people, personName } from '../lib/people.ts';
import { logsApi } from '../logs-api.ts';
import { Icon } from './icon.tsx';

export const searchId = 'search';
const listId = 'search-completions';
const pauseMs = 150;

interface SearchProps {
  query: string;
  project: string | undefined;
  /** What is searched; default `issues`. */
  of?: 'issues' | 'records';
  onSearch: (query: string) => void;
}

/** Searches while one types, and offers what the search understands and what has occurred. */
export function SearchBox({ query, project, of = 'issues', onSearch }: SearchProps) {
  const [text, setText] = useTyped(query, onSearch);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const ofIssues = useCompletions(text, project, isOpen && of === 'issues');
  const ofRecords = useRecordCompletions(text, isOpen && of === 'records');
  const completions = of === 'issues' ? ofIssues : ofRecords;
  const active = isOpen ? completions[at] : undefined;

  const type = (typed: string) => {
    setText(typed);
    setOpen(true);
    setAt(-1);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setOpen(true);
      setAt(
        (before) => (before + step + completions.length + (before < 0 && step < 0 ? 1 : 0)) % (completions.length || 1),
      );
    } else if ((event.key === 'Enter' || event.key === 'Tab') && active) type(active.query);
    else if (event.key === 'Enter') setOpen(false);
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else return;
    if (event.key !== 'Tab' || active) event.preventDefault();
  };
  const isShown = isOpen && completions.length > 0;
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        id={searchId}
        type="search"
        role="combobox"
        list={undefined}
        aria-label={of === 'issues' ? 'Search issues' : 'Search records'}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active && `${listId}-${at}`}
        autocomplete="off"
        spellcheck={false}
        placeholder={of === 'issues' ? 'Search, or browser:firefox is:mine' : 'Search, or logger:checkout.* session:…'}
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <Completions completions={completions} isShown={isShown} at={at} onChoose={type} />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}

interface CompletionsProps {
  completions: Completion[];
  isShown: boolean;
  at: number;
  onChoose: (query: string) => void;
}

function Completions({ completions, isShown, at, onChoose }: CompletionsProps) {
  return (
    <ul id={listId} class="popup completions" role="listbox" aria-label="Completions" hidden={!isShown}>
      {completions.map(({ query, term, meaning }, index) => (
        <li
          key={term}
          id={`${listId}-${index}`}
          role="option"
          aria-selected={index === at}
          // Before the box loses the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(query);
          }}
        >
          <code class="foreign">{term}</code> <span class="hint">{meaning}</span>
        </li>
      ))}
    </ul>
  );
}

/** The text as typed, told after a pause. */
function useTyped(query: string, onSearch: (query: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(query);
  const sent = useRef(query);
  // Back and forward change the query from outside; what is being typed must not be overwritten by its own echo.
  useEffect(() => {
    if (query !== sent.current) setText((sent.current = query));
  }, [query]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => onSearch((sent.current = text.trim())), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return [text, setText];
}

/** What the text may become; keys of one's own and values are asked for when they are needed. */
function useCompletions(text: string, project: string | undefined, isOpen: boolean): Completion[] {
  const tags = useTags(isOpen);
  const [values, setValues] = useState<{ key: string; values: KnownValue[] }>({ key: '', values: [] });
  const { key, begin } = lastTerm(text);
  useEffect(() => {
    if (isOpen) loadPeople();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen || !key || key === 'is' || key === 'assigned') return;
    const abort = new AbortController();
    api.values(key, begin, project, abort.signal).then(
      (found) => setValues({ key, values: found }),
      () => undefined,
    );
    return () => abort.abort();
  }, [key, begin, isOpen, project]);
  if (key === 'assigned') {
    const names = people.value.map((person) => ({ value: personName(person), issues: 0 }));
    return completeQuery(text, tags, [{ value: 'me', issues: 0 }, ...names]);
  }
  return completeQuery(text, tags, values.key === key ? values.values : []);
}

const knownValue = (value: string): KnownValue => ({ value, issues: 0 });
const levelValues = [...levels, ...levels.slice(1, -1).map((level) => `>=${level}`)].map(knownValue);

/** The same for records of logs. */
function useRecordCompletions(text: string, isOpen: boolean): Completion[] {
  const [values, setValues] = useState<{ key: string; values: KnownValue[] }>({ key: '', values: [] });
  const tags = useTags(isOpen);
  const { key, begin } = lastTerm(text);
  useEffect(() => {
    if (!isOpen || !key || key === 'level') return;
    const abort = new AbortController();
    logsApi.values(key, begin, abort.signal).then(
      (found) => setValues({ key, values: found.map(knownValue) }),
      () => undefined,
    );
    return () => abort.abort();
  }, [key, begin, isOpen]);
  return completeQuery(text, tags, key === 'level' ? levelValues : values.key === key ? values.values : [], recordKeys);
}

/** Names of tags that have occurred, as keys. */
function useTags(isOpen: boolean): string[] {
  const [tags, setTags] = useState<string[]>([]);
  useEffect(() => {
    if (!isOpen) return;
    // Without an answer it offers what it knows by itself.
    api.keys().then(
      (keys) => setTags(keys.filter((each) => each.startsWith('tag:'))),
      () => undefined,
    );
  }, [isOpen]);
  return tags;
}
