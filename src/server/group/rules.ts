import type { GroupingRule, ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { isLike } from './wildcard.ts';

/** The project's first rule that fits an event. */
export function ruleFor(event: Event, frames: ShownFrame[][], rules: GroupingRule[]): GroupingRule | undefined {
  return rules.find(({ match }) => {
    const wanted = Object.entries(match).filter((pair): pair is [keyof GroupingRule['match'], string] =>
      Boolean(pair[1]),
    );
    return (
      wanted.length > 0 &&
      wanted.every(([what, pattern]) => valuesOf[what](event, frames).some((value) => isLike(value, pattern)))
    );
  });
}

const ownFrames = (frames: ShownFrame[][]) => frames.flat().filter(({ inApp }) => inApp);

/** What a rule may ask for: one of the values has to be like the pattern. */
const valuesOf: Record<keyof GroupingRule['match'], (event: Event, frames: ShownFrame[][]) => string[]> = {
  type: ({ exceptions }) => exceptions.map(({ type }) => type),
  message: ({ exceptions, message }) => [...exceptions.map(({ value }) => value), ...(message ? [message] : [])],
  function: (_, frames) => ownFrames(frames).map(({ function: name = '' }) => name),
  file: (_, frames) => ownFrames(frames).map(({ filename = '' }) => filename),
  url: ({ page, request }) => [page?.url ?? '', request?.url ?? ''].filter(Boolean),
  release: ({ release = '' }) => [release],
  environment: ({ environment = '' }) => [environment],
};

/** In words, for the issue page. */
export const tellRule = ({ match }: GroupingRule): string =>
  Object.entries(match)
    .filter(([, pattern]) => pattern)
    .map(([what, pattern]) => `${what} is like \`${pattern}\``)
    .join(' and ');
