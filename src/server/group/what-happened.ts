import type { Event, Exception } from '../../protocol/event.ts';
import { isEngineType, matchMessage, type KnownMessage } from './match-message.ts';
import { parametrize, patternKey } from './parametrize.ts';

/** What happened, however the browser words it and whatever the values are. */
export interface What {
  /** Decides together with the place. */
  parts: string[];
  /** In words, for the issue page. */
  reason: string;
  known?: KnownMessage;
}

/** Browsers and frameworks put these in front of what was thrown. */
const prefix = /^(?:Uncaught (?:\(in promise\):? ?)?|Unhandled Promise Rejection: |Unhandled promise rejection:? ?)+/;

export function whatHappened({ type, value }: Pick<Exception, 'type' | 'value'>): What {
  const text = value.slice(0, 2_000).replace(prefix, '');
  const known = matchMessage(type, text);
  return known ? byFamily(known) : byPattern(type, text);
}

/** A message that was captured by hand, or a line of the console. */
export const whatWasSaid = ({ message = '', mechanism }: Event): What => byPattern(mechanism, message);

/** Only for these do all engines tell what it is about. */
const named = new Set(['null-property', 'not-a-function', 'undefined-variable', 'argument-type', 'missing-argument']);

/** Safari has one sentence for all of these. */
const assignments = new Set(['read-only', 'getter-only', 'constant', 'primitive-property']);

function byFamily(known: KnownMessage): What {
  const { family } = known;
  const name = named.has(family.name) ? known.name : undefined;
  const kind = assignments.has(family.name) ? 'assignment' : family.name;
  const about = name ? ` It is about \`${name}\`.` : '';
  return {
    // Whether a missing thing was read or called is a matter of its value, not of the bug.
    parts: name ? ['about', name] : ['family', kind],
    reason: `The same thing happened, however browsers word it: ${family.meaning}.${about}`,
    known,
  };
}

function byPattern(type: string, text: string): What {
  const pattern = parametrize(text);
  const message = pattern ? ` the message is \`${pattern}\`` : ' there is no message';
  const isTelling = isTypeName(type);
  // A class of the site may be called `e` after minification; the engines' own are called the same everywhere.
  const parts = ['message', pattern ? patternKey(pattern) : type, ...(isEngineType(type) ? [type] : [])];
  return {
    parts,
    reason: isTelling ? `The type is \`${type}\` and${message}.` : `The same was said:${message}.`,
  };
}

/** Minified classes are called `e` or `rt`: that changes with every build. */
const isTypeName = (type: string) => type.length > 3;
