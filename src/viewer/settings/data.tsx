import { useRef } from 'preact/hooks';
import type { RetentionSettings, ScrubRule } from '../../protocol/api.ts';
import { call, projectPath } from '../api.ts';
import { countOf } from '../lib/format.ts';
import { readScrubRules, writeScrubRules } from '../lib/rule-text.ts';
import { useLoad } from '../lib/use-load.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { Failure, Loading } from '../parts/state.tsx';
import { session } from '../session.ts';
import { AdminsOnly, Form, isAdmin, type Read } from './form.tsx';
import { Rules } from './rules.tsx';

/** How much is kept, and what of it never is. */
export function DataSettings() {
  return (
    <>
      <section class="panel">
        <h2>How long to keep</h2>
        <Retention />
      </section>
      <section class="panel">
        <h2>What to mask</h2>
        <Scrubbing />
      </section>
      {isAdmin() && (
        <section class="panel">
          <h2>Forget someone</h2>
          <Forget />
        </section>
      )}
    </>
  );
}

const megabyte = 1_000_000;
const numberOrNull = (text: string) => (text ? Number(text) : null);

function Retention() {
  const { data, error, reload } = useLoad('retention', () => call<RetentionSettings>('/api/retention'));
  if (!data) return error ? <Failure error={error} onRetry={reload} /> : <Loading what="what is kept" />;
  const save = async (read: Read) => {
    const megabytes = numberOrNull(read('megabytes'));
    const body = { days: numberOrNull(read('days')), maxBytes: megabytes === null ? null : megabytes * megabyte };
    await call('/api/retention', { method: 'PUT', body });
    return 'Saved. What is beyond it goes within minutes, the oldest first.';
  };
  return (
    <Form button="Save" onSubmit={save}>
      <label>
        Days
        <input name="days" type="number" min={1} max={36_500} defaultValue={data.days ?? ''} />
      </label>
      <label>
        Megabytes
        <input
          name="megabytes"
          type="number"
          min={1}
          defaultValue={data.maxBytes === null ? '' : data.maxBytes / megabyte}
        />
        <span class="hint">Empty for no limit. Counts of issues stay as long as the issue.</span>
      </label>
    </Form>
  );
}

const sample = `{
  "customerNumber": "K-4711",
  "note": "Pay to DE89370400440532013000, or ask ada@shop.example",
  "password": "masked without a rule"
}`;

function Scrubbing() {
  const trial = useRef<HTMLTextAreaElement>(null);
  const tryThem = async (rules: ScrubRule[]) => {
    const text = trial.current?.value ?? '';
    // Also what is no JSON is worth a try: then it is the event's message.
    const fields = /^\s*{/.test(text) ? { message: 'trial', extra: JSON.parse(text) as unknown } : { message: text };
    const body = { rules, event: fields };
    const { event } = await call<{ event: { message: string; extra?: unknown } }>('/api/scrubbing/try', {
      method: 'POST',
      body,
    });
    return <CodeBlock label="What is left" code={event.extra ? JSON.stringify(event.extra, null, 2) : event.message} />;
  };
  return (
    <>
      <p class="hint">
        Fields named like password, token or card, and credentials in URLs are masked in the page and again here,
        always. These rules come on top, before anything is written.
      </p>
      <Rules
        path="scrubbing"
        label="Rules, one a line"
        placeholder={'name customer*\ntext [A-Z]{2}\\d{20} -> [iban]'}
        load={() => call<{ rules: ScrubRule[] }>('/api/scrubbing')}
        save={(rules) => call('/api/scrubbing', { method: 'PUT', body: { rules } })}
        read={readScrubRules}
        write={writeScrubRules}
        tryThem={tryThem}
      >
        <label>
          Try them on
          <textarea ref={trial} rows={5} defaultValue={sample} spellcheck={false} />
          <span class="hint">Extra data of an event as JSON, or any text. It stays in no log.</span>
        </label>
      </Rules>
      {!isAdmin() && <AdminsOnly />}
    </>
  );
}

function Forget() {
  const projects = session.value?.projects ?? [];
  const forget = async (read: Read) => {
    const user = read('user');
    if (!confirm(`Delete every event of ${user}? This cannot be undone.`)) return;
    const { deleted, isDone } = await call<{ deleted: number; isDone: boolean }>(
      `${projectPath(read('project'))}/forget`,
      {
        method: 'POST',
        body: { user },
      },
    );
    return `${countOf(deleted, 'event')} deleted${isDone ? '.' : ' so far. The others follow, also when you leave this page.'}`;
  };
  return (
    <Form button="Delete their events" onSubmit={forget} isRow>
      <label>
        User
        <input name="user" required maxLength={200} placeholder="Id or e-mail" />
      </label>
      <label>
        Project
        <select name="project">
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </Form>
  );
}
