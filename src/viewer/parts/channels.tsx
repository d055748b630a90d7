import { useState } from 'preact/hooks';
import type { Channel, ChannelKind, ChannelSettings } from '../../protocol/notices.ts';
import { alertsApi } from '../alerts-api.ts';
import { channelWords } from '../lib/rule-words.ts';
import { useDeed } from '../lib/use-deed.ts';

/** Ways to reach people, each with a button that tries it. */
export function Channels({ channels, onChange }: { channels: Channel[]; onChange: () => void }) {
  return (
    <section class="panel">
      <h2>Channels</h2>
      {channels.length === 0 && <p class="hint">Nobody can be told yet. Add a channel first, then a rule.</p>}
      <ul class="plain-list">
        {channels.map((channel) => (
          <ChannelLine key={channel.id} channel={channel} onChange={onChange} />
        ))}
      </ul>
      <details>
        <summary>Add a channel</summary>
        <ChannelForm onChange={onChange} />
      </details>
    </section>
  );
}

function ChannelLine({ channel, onChange }: { channel: Channel; onChange: () => void }) {
  const { isBusy, problem, act } = useDeed();
  const [said, setSaid] = useState('');
  const test = async () => {
    setSaid('');
    const { state, answer } = await alertsApi.testChannel(channel.id);
    if (state !== 'sent') throw new Error(`The test did not arrive: ${answer || 'no answer'}`);
    setSaid('The test has arrived.');
    onChange();
  };
  const remove = async () => {
    await alertsApi.removeChannel(channel.id);
    onChange();
  };
  return (
    <li class="setting-line">
      <span>
        <strong class="foreign">{channel.name}</strong>{' '}
        <span class="hint foreign">
          {channelWords[channel.kind]} · {channel.to?.join(', ') ?? channel.url ?? 'events.pagerduty.com'}
        </span>
        {said && (
          <span class="success" role="status">
            {' '}
            {said}
          </span>
        )}
        {problem && (
          <span class="problem" role="alert">
            {' '}
            {problem}
          </span>
        )}
      </span>
      <span class="actions">
        <button type="button" class="button" disabled={isBusy} onClick={() => act(test)}>
          Send a test
        </button>
        <button type="button" class="button quiet" disabled={isBusy} onClick={() => act(remove)}>
          Remove <span class="off-screen">{channel.name}</span>
        </button>
      </span>
    </li>
  );
}

/** What the address of each kind looks like. */
const addressHints: Record<ChannelKind, string> = {
  email: 'Addresses, one a line. The collector needs a mail server: PAGEFAULT_SMTP_URL.',
  slack: 'URL of an incoming webhook: https://hooks.slack.com/services/…',
  discord: 'URL of a channel’s webhook: https://discord.com/api/webhooks/…',
  teams: 'URL of a workflow “When a Teams webhook request is received”.',
  pagerduty: '',
  webhook: 'Takes a POST of JSON, signed as Standard Webhooks says.',
};
const secretHints: Partial<Record<ChannelKind, string>> = {
  pagerduty: 'Integration key of a service (Events API v2).',
  webhook: 'What the signature is made with. It is not shown again.',
};

function ChannelForm({ onChange }: { onChange: () => void }) {
  const { isBusy, problem, act } = useDeed();
  const [kind, setKind] = useState<ChannelKind>('email');
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => {
      const value = new FormData(form).get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const settings: ChannelSettings = {
      name: text('name'),
      kind,
      ...(text('to') && { to: text('to').split(/[\s,;]+/) }),
      ...(text('url') && { url: text('url') }),
      ...(text('secret') && { secret: text('secret') }),
    };
    act(async () => {
      await alertsApi.addChannel(settings);
      form.reset();
      setKind('email');
      onChange();
    });
  };
  return (
    <form class="form" onSubmit={submit}>
      <label>
        Kind
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as ChannelKind)}>
          {Object.entries(channelWords).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <label>
        Name
        <input name="name" required maxLength={100} placeholder="Front-end team" />
      </label>
      {kind === 'email' && (
        <label>
          To
          <textarea name="to" required rows={2} />
          <span class="hint">{addressHints.email}</span>
        </label>
      )}
      {kind !== 'email' && kind !== 'pagerduty' && (
        <label>
          URL
          <input name="url" type="url" required maxLength={2_000} />
          <span class="hint">{addressHints[kind]}</span>
        </label>
      )}
      {secretHints[kind] && (
        <label>
          {kind === 'pagerduty' ? 'Integration key' : 'Secret'}
          <input name="secret" required maxLength={200} autocomplete="off" />
          <span class="hint">{secretHints[kind]}</span>
        </label>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <button class="button primary" disabled={isBusy}>
        Add channel
      </button>
    </form>
  );
}
