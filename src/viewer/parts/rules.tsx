import type { Channel, Rule } from '../../protocol/notices.ts';
import { alertsApi } from '../alerts-api.ts';
import { ruleWord } from '../lib/rule-words.ts';
import { useDeed } from '../lib/use-deed.ts';
import { RuleForm } from './rule-form.tsx';

interface RulesProps {
  projectId: string;
  rules: Rule[];
  channels: Channel[];
  onChange: () => void;
}

/** Who is told of what. */
export function Rules({ projectId, rules, channels, onChange }: RulesProps) {
  return (
    <section class="panel">
      <h2>Rules</h2>
      {rules.length === 0 && <p class="hint">No rule yet: nobody is told of anything.</p>}
      <ul class="plain-list">
        {rules.map((rule) => (
          <RuleLine key={rule.id} rule={rule} channels={channels} onChange={onChange} />
        ))}
      </ul>
      <details>
        <summary>Add a rule</summary>
        <RuleForm projectId={projectId} channels={channels} onChange={onChange} />
      </details>
    </section>
  );
}

function RuleLine({ rule, channels, onChange }: { rule: Rule; channels: Channel[]; onChange: () => void }) {
  const { isBusy, problem, act } = useDeed();
  const names = rule.channels.flatMap((id) => channels.find((channel) => channel.id === id)?.name ?? []);
  const then = (deed: Promise<unknown>) => deed.then(onChange);
  return (
    <li class="setting-line">
      <span>
        <strong class="foreign">{rule.name}</strong>
        <br />
        <span class="hint foreign">{ruleWord(rule)}</span>
        <br />
        <span class="hint foreign">{names.length > 0 ? `To ${names.join(', ')}` : 'To nobody: choose a channel'}</span>
        {problem && (
          <span class="problem" role="alert">
            {' '}
            {problem}
          </span>
        )}
      </span>
      <span class="actions">
        <button
          type="button"
          class="button"
          aria-pressed={rule.isEnabled}
          disabled={isBusy}
          onClick={() => act(() => then(alertsApi.changeRule({ ...rule, isEnabled: !rule.isEnabled })))}
        >
          {rule.isEnabled ? 'On' : 'Off'} <span class="off-screen">{rule.name}</span>
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={isBusy}
          onClick={() => act(() => then(alertsApi.removeRule(rule)))}
        >
          Remove <span class="off-screen">{rule.name}</span>
        </button>
      </span>
    </li>
  );
}
