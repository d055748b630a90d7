import { useEffect, useState } from 'preact/hooks';
import type { SavedSearch } from '../../protocol/api.ts';
import type { Level } from '../../protocol/event.ts';
import type { Channel, RuleSettings, RuleTrial, Trigger, TriggerKind } from '../../protocol/notices.ts';
import { alertsApi } from '../alerts-api.ts';
import { api } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { termsOf } from '../lib/issue-filter.ts';
import { logHref } from '../lib/log-filter.ts';
import { alertWords, triggerWords } from '../lib/rule-words.ts';
import { useDeed } from '../lib/use-deed.ts';
import { Ago } from './ago.tsx';

interface RuleFormProps {
  projectId: string;
  channels: Channel[];
  onChange: () => void;
}

/** A new rule, which can be tried against the last day before it is kept. */
export function RuleForm({ projectId, channels, onChange }: RuleFormProps) {
  const { isBusy, problem, act } = useDeed();
  const [kind, setKind] = useState<TriggerKind>('new');
  const [trial, setTrial] = useState<RuleTrial>();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const settings = readRule(new FormData(form), kind);
    const isTrial = event.submitter?.getAttribute('name') === 'try';
    act(async () => {
      if (isTrial) return setTrial(await alertsApi.tryRule(projectId, settings));
      await alertsApi.addRule(projectId, settings);
      form.reset();
      setKind('new');
      setTrial(undefined);
      onChange();
    });
  };
  return (
    <form class="form wide" onSubmit={submit}>
      <label>
        Name
        <input name="name" required maxLength={100} placeholder="New in production" />
      </label>
      <label>
        Tell about
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as TriggerKind)}>
          {Object.entries(triggerWords).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <TriggerFields kind={kind} />
      {kind !== 'spike' && <FilterFields />}
      <ChannelChoices channels={channels} />
      <PaceFields />
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {trial && <Trial trial={trial} projectId={projectId} />}
      <p class="actions">
        <button class="button primary" disabled={isBusy}>
          Add rule
        </button>
        <button class="button" name="try" disabled={isBusy}>
          Try it on the last day
        </button>
      </p>
    </form>
  );
}

interface NumberFieldProps {
  name: string;
  word: string;
  value: number;
  max: number;
  min?: number;
}

function NumberField({ name, word, value, max, min = 1 }: NumberFieldProps) {
  return (
    <label>
      {word}
      <input name={name} type="number" min={min} max={max} step="any" defaultValue={value} required />
    </label>
  );
}

function TriggerFields({ kind }: { kind: TriggerKind }) {
  if (kind === 'users') return <NumberField name="users" word="Users" value={10} max={1_000_000} />;
  if (kind === 'spike') {
    return (
      <>
        <NumberField name="factor" word="Times as many as in that hour of other days" value={3} max={1_000} />
        <NumberField name="floor" word="And at least so many events" value={50} max={1_000_000} />
      </>
    );
  }
  if (kind === 'share') return <ShareFields />;
  if (kind === 'search') return <SearchField />;
  if (kind !== 'rate') return null;
  return (
    <>
      <NumberField name="events" word="More events than" value={100} max={1_000_000} />
      <NumberField name="minutes" word="Within minutes" value={5} max={1_440} />
      <label>
        Of
        <select name="of">
          <option value="issue">one issue</option>
          <option value="project">the whole project</option>
        </select>
      </label>
    </>
  );
}

function ShareFields() {
  return (
    <>
      <NumberField name="percent" word="More events for 100 visits than" value={5} min={0.001} max={100_000} />
      <NumberField name="minutes" word="Within minutes" value={10} max={1_440} />
      <NumberField name="floor" word="Once there were so many visits" value={100} max={1_000_000_000} />
      <p class="hint">
        A page that works reports nothing, so the site has to count its visits. In each page, or from the server:{' '}
        <code>navigator.sendBeacon(endpoint + '/visits')</code>
      </p>
    </>
  );
}

/** Kept searches are suggested; the rule has the words, and goes on when the search is forgotten. */
function SearchField() {
  const [searches, setSearches] = useState<SavedSearch[]>([]);
  const [place, setPlace] = useState('events');
  const isOfRecords = place === 'records';
  useEffect(() => void api.searches().then(setSearches, () => undefined), []);
  return (
    <>
      <label>
        Search in
        <select name="in" value={place} onChange={(event) => setPlace(event.currentTarget.value)}>
          <option value="events">events</option>
          <option value="records">log records</option>
        </select>
      </label>
      <label>
        {isOfRecords ? 'Search, as in the logs' : 'Search, as in the list of issues'}
        <input
          name="search"
          required
          maxLength={500}
          list="kept-searches"
          placeholder={
            isOfRecords
              ? 'level:>=warning logger:checkout.* "card refused"'
              : 'browser:Safari url:/checkout "not a function"'
          }
        />
        <datalist id="kept-searches">
          {(isOfRecords ? [] : searches).map(({ id, name, search }) => (
            <option key={id} value={termsOf(search)}>
              {name}
            </option>
          ))}
        </datalist>
      </label>
    </>
  );
}

const filters = [
  ['release', 'Release', '2.*'],
  ['environment', 'Environment', 'production'],
  ['page', 'Page', '/checkout*'],
  ['words', 'Words of the title or record', ''],
  ['tag', 'Tag', 'plan=pro'],
] as const;

function FilterFields() {
  return (
    <fieldset>
      <legend>Only if (all that are given; * stands for anything)</legend>
      <label>
        At least
        <select name="level">
          <option value="">any level</option>
          <option value="warning">warning</option>
          <option value="error">error</option>
          <option value="critical">critical</option>
        </select>
      </label>
      {filters.map(([name, word, placeholder]) => (
        <label key={name}>
          {word}
          <input name={name} maxLength={300} placeholder={placeholder} />
        </label>
      ))}
    </fieldset>
  );
}

function ChannelChoices({ channels }: { channels: Channel[] }) {
  return (
    <fieldset>
      <legend>Where</legend>
      {channels.length === 0 && <span class="hint">There is no channel yet.</span>}
      {channels.map(({ id, name }) => (
        <label key={id} class="check foreign">
          <input type="checkbox" name="channel" value={id} defaultChecked={channels.length === 1} /> {name}
        </label>
      ))}
    </fieldset>
  );
}

function PaceFields() {
  return (
    <fieldset>
      <legend>When</legend>
      <label>
        Pace
        <select name="pace">
          <option value="now">At once</option>
          <option value="hourly">Together, each hour</option>
          <option value="daily">Together, at eight in the morning</option>
        </select>
      </label>
      <label>
        At most every (minutes)
        <input name="atMostEvery" type="number" min={0} max={10_080} defaultValue={0} />
      </label>
      <label>
        Quiet from (hour)
        <input name="quietFrom" type="number" min={0} max={23} />
      </label>
      <label>
        Quiet until (hour)
        <input name="quietTo" type="number" min={0} max={23} />
      </label>
    </fieldset>
  );
}

function Trial({ trial, projectId }: { trial: RuleTrial; projectId: string }) {
  const { alerts, looked } = trial;
  if (looked === 0) {
    return <p role="status">There is nothing to try it on: nothing came within the last day.</p>;
  }
  return (
    <div role="status">
      <p>
        <strong>
          {alerts.length === 0 ? 'It would have told nothing' : `It would have told ${countOf(alerts.length, 'thing')}`}
        </strong>{' '}
        within the last day.
      </p>
      <ul class="plain-list">
        {alerts
          .slice(-10)
          .reverse()
          .map(({ kind, at, issueId, record, count }, index) => (
            <li key={index}>
              <Ago at={at} />: {alertWords[kind]},{' '}
              {kind === 'share'
                ? `${count.toPrecision(3)} for 100 visits`
                : countOf(count, record === undefined ? 'event' : 'record')}
              {issueId !== null && (
                <>
                  {' '}
                  (<a href={`/issues/${issueId}`}>issue</a>)
                </>
              )}
              {record !== undefined && (
                <>
                  {' '}
                  (<a href={logHref({ project: projectId, query: '' }, record)}>record</a>)
                </>
              )}
            </li>
          ))}
      </ul>
    </div>
  );
}

function readTrigger(text: (name: string) => string, kind: TriggerKind): Trigger {
  const number = (name: string) => Number(text(name));
  switch (kind) {
    case 'rate':
      return { kind, events: number('events'), minutes: number('minutes'), of: text('of') as 'issue' | 'project' };
    case 'share':
      return { kind, percent: number('percent'), minutes: number('minutes'), floor: number('floor') };
    case 'search':
      return { kind, search: text('search'), in: text('in') as 'events' | 'records' };
    case 'spike':
      return { kind, factor: number('factor'), floor: number('floor') };
    case 'users':
      return { kind, users: number('users') };
    default:
      return { kind };
  }
}

/** What stands in the form. */
function readRule(fields: FormData, kind: TriggerKind): RuleSettings {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const given = (['release', 'environment', 'page', 'words'] as const).filter((name) => text(name));
  const [tag = '', value = '*'] = text('tag').split('=');
  return {
    name: text('name'),
    trigger: readTrigger(text, kind),
    filter: {
      ...(text('level') && { level: text('level') as Level }),
      ...Object.fromEntries(given.map((name) => [name, text(name)])),
      ...(tag && { tag: { name: tag, value } }),
    },
    channels: fields.getAll('channel').map(String),
    pace: text('pace') as RuleSettings['pace'],
    atMostEvery: Number(text('atMostEvery')),
    quiet:
      text('quietFrom') && text('quietTo') ? { from: Number(text('quietFrom')), to: Number(text('quietTo')) } : null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    isEnabled: true,
  };
}
