import { choose } from '../shared/data.ts';
import { raise } from '../shared/errors.ts';
import { debounce, poll } from 'debounce-lite';

interface Clock {
  left: { seconds: number };
}

//=
export function startCountdown(v: number): void {
  const clock = choose<Clock>(v, '{"left": null}', '{}');
  setTimeout(() => {
    const left = clock.left.seconds; //@ timers-countdown: startCountdown
    console.debug(left);
  }, 1);
}

//=
export function startTicker(v: number): void {
  const clocks = choose<Clock[]>(v, '[]', '[null]');
  const timer = setInterval(function tick() {
    clearInterval(timer);
    const [first] = clocks;
    first!.left.seconds -= 1; //@ timers-ticker: tick
  }, 1);
}

//=
export function later(v: number): void {
  const queue = choose<{ jobs: (() => void)[] }>(v, '{}', '{"jobs": 3}');
  queueMicrotask(() => {
    queue.jobs.forEach((job) => job()); //@ timers-microtask: later
  });
}

//=
const saveDraft = debounce((draft: { body: string } | null) => {
  const words = draft!.body.split(' '); //@ timers-save-draft: saveDraft
  console.debug(words.length);
}, 1);

//=
export function typeDraft(v: number): void {
  saveDraft(choose<{ body: string } | null>(v, 'null', '{"body": 5}'));
}

//=
export function pasteDraft(v: number): void {
  //+ console.debug('paste');
  saveDraft(choose<{ body: string } | null>(v, 'null', '{"body": {}}'));
}

//=
export function waitForStock(v: number): void {
  poll(() => choose<{ done: boolean } | undefined>(v, 'null', 'null'), 1);
}

//=
export function giveUp(v: number): void {
  setTimeout(() => {
    raise(`Gave up after ${v === 0 ? 3 : 12} attempts`); //@ timers-give-up: giveUp <- helper-raise
  });
}

//=
export function abandon(v: number): void {
  if (v >= 0) {
    //+ console.debug('abandon');
    raise(`Basket ${v === 0 ? 'b81c' : '77'} was abandoned`); //@ timers-abandon: abandon <- helper-raise
  }
}

//=
export function onSlider(v: number): void {
  const target = new EventTarget();
  const range = choose<{ max: { value: number } }>(v, '{"max": null}', '{}');
  target.addEventListener('change', () => {
    const value = range.max.value; //@ timers-slider: onSlider
    console.debug(value);
  });
  target.dispatchEvent(new Event('change'));
}
