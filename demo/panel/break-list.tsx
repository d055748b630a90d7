import { signal } from '@preact/signals';
import { ways, type Way } from './ways.ts';

/** How often each was broken since the page was loaded. */
const broken = signal<Record<string, number>>({});

export function BreakList() {
  return (
    <section class="breaks" aria-labelledby="break-title">
      <h2 id="break-title">Break something</h2>
      <p class="hint">One click each. The same buttons stand where they belong in the shop.</p>
      <ul>
        {ways.map((way) => (
          <WayLine key={way.id} way={way} />
        ))}
        <li class="hint">
          And without a button: switch the network off, break something, switch it on again. What happened meanwhile
          arrives late, and is not lost. Over https, <code>chrome://crash</code> in Chromium’s address bar is a report,
          too.
        </li>
      </ul>
    </section>
  );
}

function WayLine({ way }: { way: Way }) {
  const times = broken.value[way.id] ?? 0;
  const count = () => {
    broken.value = { ...broken.value, [way.id]: times + 1 };
  };
  // Counted on the way down, so that the handler itself is the shop's, as it is in the shop.
  return (
    <li onClickCapture={count}>
      <button type="button" class="way" id={`break-${way.id}`} onClick={way.run}>
        <span class="way-title">{way.title}</span>
        {times > 0 && <span class="way-times">{times}×</span>}
        <span class="way-kind">
          {way.place} · {way.kind}
        </span>
        <span class="way-noticed">{way.noticed}</span>
      </button>
    </li>
  );
}
