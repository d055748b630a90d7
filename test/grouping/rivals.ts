import type { ShownFrame } from '../../src/protocol/api.ts';
import type { Exception } from '../../src/protocol/event.ts';
import type { Site } from './corpus.ts';

/** What a scheme sees of an event: its exceptions, and their frames with or without maps. */
export interface SeenEvent {
  exceptions: Exception[];
  frames: ShownFrame[][];
}

type Scheme = (event: SeenEvent) => unknown[];

const basename = (path = '') => path.replace(/[?#].*$/, '').replace(/^.*\//, '');
const lastName = (name = '') => name.slice(name.lastIndexOf('.') + 1);
const isNamed = (name = '') => !/^\??$|^<anonymous>|^Anonymous function$|\/<$/.test(name);
const words = (text: string) =>
  text
    .replace(/[^a-z ]+/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const outer = ({ exceptions, frames }: SeenEvent) => ({
  exception: exceptions[0] as Exception,
  stack: frames[0] ?? [],
});
const inner = ({ exceptions, frames }: SeenEvent) => ({
  exception: exceptions.at(-1) as Exception,
  stack: frames[exceptions.length - 1] ?? [],
});
const ownFirst = (stack: ShownFrame[]) => stack.find(({ inApp }) => inApp) ?? stack[0];

/** Frames as the newer rules of Sentry weigh them: path, function unless a context line stands for it, that line. */
function sentryFrame({ filename = '', function: name = '', source }: ShownFrame): string[] {
  const line = source?.line.replace(/\s+/g, ' ').trim() ?? '';
  const context = line.length <= 120 ? line : '';
  const file = source ? filename : '';
  return [file, !context && isNamed(name) ? lastName(name) : '', context];
}

/**
 * How others group, written anew from what they publish; these are not the products. Facts: their documentation and
 * the sources that they publish, as read in 2026.
 */
export const rivals: Record<string, Scheme> = {
  /** Every frame as it came. */
  TrackX: (event) => {
    const { exception, stack } = outer(event);
    return [exception.type, exception.value, stack.map((f) => [f.function, f.filename, f.lineno, f.colno])];
  },
  /** All frames of the site's own code of all exceptions; the message only without a stack; recursion collapsed. */
  'Sentry (newstyle)': ({ exceptions, frames }) =>
    exceptions.map(({ type, value }, index) => {
      const stack = (frames[index] ?? []).filter(({ inApp }) => inApp).map(sentryFrame);
      const said = stack.map((frame) => JSON.stringify(frame)).filter((frame, at, all) => frame !== all[at - 1]);
      return said.length > 0 ? [type, said] : [type, value];
    }),
  /** Type and all frames of the site's own code; else the first frame or the message. */
  PostHog: (event) => {
    const { exception, stack } = outer(event);
    const own = stack.filter(({ inApp }) => inApp).map((f) => [f.filename, f.function]);
    return [exception.type, own.length > 0 ? own : stack[0] ? [stack[0].filename, stack[0].function] : exception.value];
  },
  /** Title and culprit. */
  GlitchTip: (event) => {
    const { exception, stack } = outer(event);
    const frame = ownFirst(stack);
    return [exception.type, exception.value, frame?.filename, frame?.function];
  },
  /** Class, and names of files and methods of all frames. */
  Rollbar: (event) => {
    const { exception, stack } = outer(event);
    return [exception.type, stack.map((f) => [basename(f.filename), f.function])];
  },
  /** Class, file and line of the top frame of the site's own code, of the innermost exception. */
  Bugsnag: (event) => {
    const { exception, stack } = inner(event);
    const frame = ownFirst(stack);
    return [exception.type, frame?.filename, frame?.lineno];
  },
  /** Type, words of the message, file and function of the top frame. */
  Datadog: (event) => {
    const { exception, stack } = outer(event);
    return [exception.type, words(exception.value), stack[0]?.filename, stack[0]?.function];
  },
  /** Class, file, method and line of the top frame of the site's own code. */
  Honeybadger: (event) => {
    const { exception, stack } = outer(event);
    const frame = ownFirst(stack);
    return [exception.type, frame?.filename, frame?.function, frame?.lineno];
  },
  /** Type, message without data, file. */
  Airbrake: (event) => {
    const { exception, stack } = outer(event);
    return [exception.type, exception.value.replace(/\d+|"[^"]*"|'[^']*'/g, ''), ownFirst(stack)?.filename];
  },
};

/** Whether a frame is the marked line, and in the marked function, however its class is told with it. */
export const isSite = (frame: ShownFrame, site: Site) =>
  frame.filename === site.file && frame.lineno === site.line && isInFunction(frame.function ?? '', site.function);

/** `get Cart.weight` is `Cart.weight`; a callback belongs to the function that it stands in. */
function isInFunction(name: string, wanted: string): boolean {
  if (wanted === 'callback') return name.startsWith('callback of ');
  const bare = (text: string) => text.replace(/^(?:get|set|new|async) /, '');
  return [name, name.replace(/^.* in /, '')].some(
    (each) => bare(each) === wanted || lastName(bare(each)) === lastName(wanted),
  );
}
