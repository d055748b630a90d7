import { useState } from 'preact/hooks';
import type { Snooze } from '../../protocol/api.ts';
import { Menu } from './menu.tsx';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

function tomorrow(): number {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return day.setHours(9, 0, 0, 0);
}

/** As an input of date and time has it, in the reader's zone: `2026-11-21T09:00`. */
function localMinute(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const choices: [word: string, snooze: () => Snooze][] = [
  ['For 1 hour', () => ({ until: Date.now() + hourMs })],
  ['Until tomorrow, 9:00', () => ({ until: tomorrow() })],
  ['For 1 week', () => ({ until: Date.now() + 7 * 24 * hourMs })],
  ['Until 10 more events', () => ({ events: 10 })],
  ['Until 100 more events', () => ({ events: 100 })],
  ['Until 10 more users', () => ({ users: 10 })],
];

const units: Record<string, (count: number) => Snooze> = {
  'more events': (events) => ({ events }),
  'more users': (users) => ({ users }),
  hours: (count) => ({ until: Date.now() + count * hourMs }),
  days: (count) => ({ until: Date.now() + count * 24 * hourMs }),
};

/** Out of sight until something says that it matters again. */
export function SnoozeMenu({ onSnooze, id }: { onSnooze: (snooze: Snooze) => void; id?: string }) {
  const [unit, setUnit] = useState('more events');
  return (
    <Menu label="Snooze" {...(id && { id })}>
      {(close) => {
        const snooze = (wanted: Snooze) => {
          close();
          onSnooze(wanted);
        };
        return (
          <>
            {choices.map(([word, choice]) => (
              <button key={word} type="button" onClick={() => snooze(choice())}>
                {word}
              </button>
            ))}
            <p class="hint menu-words">Or until</p>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const count = Number(new FormData(event.currentTarget).get('count'));
                snooze(units[unit]?.(count) ?? { events: count });
              }}
            >
              <input name="count" type="number" min="1" max="1000000" required placeholder="50" aria-label="How many" />
              <select value={unit} aria-label="Of what" onChange={(event) => setUnit(event.currentTarget.value)}>
                {Object.keys(units).map((word) => (
                  <option key={word}>{word}</option>
                ))}
              </select>
              <button class="button">Set</button>
            </form>
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const until = new FormData(event.currentTarget).get('until');
                snooze({ until: new Date(String(until)).getTime() });
              }}
            >
              <input
                name="until"
                type="datetime-local"
                required
                min={localMinute(Date.now())}
                max={localMinute(Date.now() + 10 * yearMs)}
                defaultValue={localMinute(tomorrow())}
                aria-label="Until when"
              />
              <button class="button">Set time</button>
            </form>
          </>
        );
      }}
    </Menu>
  );
}
