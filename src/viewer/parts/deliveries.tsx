import type { Delivery } from '../../protocol/notices.ts';
import { countOf } from '../lib/format.ts';
import { Ago } from './ago.tsx';

const stateWords: Record<Delivery['state'], string> = {
  waiting: 'Will be tried again',
  sent: 'Sent',
  failed: 'Failed',
};

/** What was told to whom, and what came back. */
export function Deliveries({ deliveries }: { deliveries: Delivery[] }) {
  return (
    <section class="panel">
      <h2>What was told</h2>
      {deliveries.length === 0 && <p class="hint">Nothing yet.</p>}
      <ul class="plain-list">
        {deliveries.map((delivery) => (
          <li key={delivery.id} class="delivery">
            <details>
              <summary>
                <span class={delivery.state === 'failed' ? 'problem' : 'hint'}>{stateWords[delivery.state]}</span>{' '}
                <span class="foreign">{delivery.headline}</span>{' '}
                <span class="hint foreign">
                  {delivery.channelName} · <Ago at={delivery.at} /> · {countOf(delivery.attempts, 'attempt')}
                </span>
              </summary>
              <h3>Answer</h3>
              <pre class="foreign" tabIndex={0} role="group" aria-label="Answer">
                {delivery.answer || '(none yet)'}
              </pre>
              <h3>Request</h3>
              <pre class="foreign" tabIndex={0} role="group" aria-label="Request">
                {pretty(delivery.request) || '(none yet)'}
              </pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** JSON in lines; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
