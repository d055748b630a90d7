import type { EarlyWindow } from './capture/window-events.ts';

// Keeps what breaks before the script has arrived: the events themselves, because they hold the error objects.
const early = ((window as EarlyWindow).pagefaultEarly ??= []);
const keep = (event: Event) => early.length < 50 && early.push(event);
addEventListener('error', keep, true);
addEventListener('unhandledrejection', keep);
