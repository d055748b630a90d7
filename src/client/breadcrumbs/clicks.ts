import { describeElement } from '../lib/describe-element.ts';
import { on } from '../lib/on.ts';
import { win } from '../lib/win.ts';
import type { Trail } from './trail.ts';

/** Clicks, and which field was typed into: never what. */
export const installClicks = (trail: Trail): (() => void) =>
  on<Event>(win, 'click input', (event) => {
    const kind = event.type as 'click' | 'input';
    // In a shadow tree `target` is the host; the first of the path is what was clicked.
    const text = describeElement(event.composedPath()[0]);
    const last = trail._list.at(-1);
    // A word typed is one step, not one for each letter.
    if (text && (kind === 'click' || last?.kind !== kind || last.text !== text)) trail._add(kind, text);
  });
