import type { ShownFrame } from '../../protocol/api.ts';
import type { Event, Exception, Frame } from '../../protocol/event.ts';
import { remember, rememberFor } from '../lib/remember.ts';
import type { Artifact, ArtifactStore } from '../store/artifact-store.ts';
import { basenameOf } from '../store/artifacts.ts';
import { artifactName } from './artifact-name.ts';
import { contextLines } from './context-lines.ts';
import { findMap } from './find-map.ts';
import { scopeIn, type FoundScope } from './function-in.ts';
import { inlinedCaller } from './inlined-caller.ts';
import type { MapCache } from './map-cache.ts';
import type { MapIndex, Traced } from './map-index.ts';
import { isInApp } from './mark-in-app.ts';
import { propertyOf, traceFrame, type Expected } from './trace-frame.ts';
import { noIndex, noMap, noMapping, noPosition } from './why-unresolved.ts';

/** Each exception's frames in the author's own source, as far as maps tell; the page's own frames stay in the event. */
export type Symbolicate = (projectId: string, event: Event) => Promise<ShownFrame[][]>;

/** A script of an event and what could be found for it. */
export interface Script {
  url: string;
  map: Artifact | undefined;
  index: MapIndex | undefined;
  isSure: boolean;
  whyNot: ShownFrame['unresolved'];
}

/** Tells of an exception whether a line can have thrown it; undefined where its message says nothing of that. */
export type LineTest = (exception: Exception) => ((line: string) => boolean) | undefined;

/** What was found for the events of a few moments, by project and release: those of a burst name the same scripts. */
export type FoundBuilds = Map<string, FoundBuild>;

interface FoundBuild {
  /** By URL, and debug id if there is one. */
  scripts: Map<string, Script>;
  /** Stacks that maps resolved, and the message that they were resolved for. */
  traced: Map<Frame[], { about: string; shown: ShownFrame[] }>;
}

/**
 * `found` remembers builds for the next events, until somebody clears it. With it, events whose exceptions share a list of
 * frames share what is shown of it, but for the words of why a frame is unresolved, which may be of another release.
 */
export function createSymbolicate(
  artifacts: ArtifactStore,
  cache: MapCache,
  lineTest: LineTest = () => undefined,
  found?: FoundBuilds,
): Symbolicate {
  const findScript = async (projectId: string, url: string, { release, debugIds }: Event): Promise<Script> => {
    const debugId = debugIds?.[url];
    const map = await findMap(artifacts, { projectId, url, release, debugId });
    const index = map && (await cache.index(map).catch(() => undefined));
    const isSure = debugId !== undefined && map?.debugId === debugId.toLowerCase();
    if (index) return { url, map, index, isSure, whyNot: undefined };
    const count = map || release === undefined ? 0 : await artifacts.countMaps(projectId, release);
    return { url, map, index, isSure, whyNot: map ? noIndex(map.name) : noMap(url, release, debugId, count) };
  };
  const buildOf = (projectId: string, { release = '' }: Event): FoundBuild => {
    const name = `${projectId} ${release}`;
    const build = found?.get(name) ?? { scripts: new Map(), traced: new Map() };
    found?.set(name, build);
    return build;
  };
  const untraced = new WeakMap<Frame[], { urls: Set<string>; shown: ShownFrame[] }>();
  const knownStack = (build: FoundBuild, exception: Exception, event: Event): ShownFrame[] | undefined => {
    const traced = build.traced.get(exception.frames);
    if (traced) return traced.about === aboutOf(exception) ? traced.shown : undefined;
    const known = untraced.get(exception.frames);
    for (const url of known?.urls ?? []) {
      const script = build.scripts.get(scriptKey(url, event));
      if (!script || script.index) return undefined;
    }
    return known?.shown;
  };

  return async (projectId, event) => {
    const build = buildOf(projectId, event);
    const shown: ShownFrame[][] = [];
    for (const exception of event.exceptions) {
      const known = found && knownStack(build, exception, event);
      if (known) {
        shown.push(known);
        continue;
      }
      const stack: ShownFrame[] = [];
      const urls = new Set<string>();
      let isTraced = false;
      for (const frame of exception.frames) {
        const url = frame.filename;
        // What has a debug id was built: a worker that stands in its page's script has a `blob:` URL, or `data:`.
        if (url === undefined || !(isScript(url) || event.debugIds?.[url])) {
          stack.push({ ...frame, inApp: isInApp(frame) });
          continue;
        }
        const key = scriptKey(url, event);
        const script = build.scripts.get(key) ?? (await findScript(projectId, url, event));
        build.scripts.set(key, script);
        urls.add(url);
        if (!script.index || !script.map) {
          stack.push(unresolved(frame, script.whyNot));
          continue;
        }
        isTraced = true;
        // The message is about the frame that threw.
        stack.push(
          await resolve(
            frame,
            script.map,
            script.index,
            script.isSure,
            cache,
            stack.length === 0 ? { property: propertyOf(exception.value), fits: lineTest(exception) } : {},
          ),
        );
        const caller = await inlinedFrame(frame, script, cache);
        if (caller) stack.push(caller);
      }
      if (isTraced) build.traced.set(exception.frames, { about: aboutOf(exception), shown: stack });
      else if (found) untraced.set(exception.frames, { urls, shown: stack });
      shown.push(stack);
    }
    return shown;
  };
}

const scriptKey = (url: string, { debugIds }: Event) => {
  const debugId = debugIds?.[url];
  return debugId === undefined ? url : `${debugId} ${url}`;
};

const aboutOf = ({ type, value }: Exception) => `${type}: ${value}`;

const builds = new WeakMap<ShownFrame, MapIndex>();
const paths = new WeakMap<MapIndex, ReadonlySet<string>>();

/** Paths of all sources of the map that a frame was resolved by. */
export function sourcesBeside(frame: ShownFrame | undefined): ReadonlySet<string> | undefined {
  const index = frame && builds.get(frame);
  if (!index) return undefined;
  const known = paths.get(index) ?? new Set(index.header.sources.map(({ path }) => path));
  paths.set(index, known);
  return known;
}

/** Last path segments of the scripts that a map would help. */
export function unresolvedFiles(shown: ShownFrame[][]): string[] {
  const [first] = shown;
  return first && shown.length === 1 ? filesOf(first) : [...new Set(shown.flatMap(filesOf))];
}

const filesOf = rememberFor((stack: ShownFrame[]): string[] => {
  const urls = new Set<string>();
  for (const { unresolved: why, filename } of stack) if (why && filename) urls.add(filename);
  return [...new Set(Array.from(urls, (url) => basenameOf(artifactName(url))))].filter(Boolean);
});

/** What a site serves as a script of its own: not the engine, extensions, inline code of pages. */
const isScript = remember(
  (url) =>
    /^(https?:|\/|capacitor:|app:|file:)/i.test(url) && /\.([mc]?js|jsx|tsx?|vue)$/i.test(url.replace(/[?#].*$/s, '')),
);

const unresolved = (frame: Frame, why: ShownFrame['unresolved']): ShownFrame => ({
  ...frame,
  inApp: isInApp(frame),
  ...(why && { unresolved: why }),
});

async function resolve(
  frame: Frame,
  map: Artifact,
  index: MapIndex,
  isSure: boolean,
  cache: MapCache,
  expected: Expected,
): Promise<ShownFrame> {
  const { lineno, colno } = frame;
  if (!lineno || !colno) return unresolved(frame, noPosition());
  const traced = await traceFrame(index, lineno, colno, (source) => textOf(index, source, cache), expected);
  if (!traced) return unresolved(frame, noMapping(map.name, lineno, colno, index.lineCount, isSure));
  return shownFrame(frame, traced, index, index.bundleFunctionAt(lineno, colno), cache);
}

/** The caller's frame that a minifier took away, without `raw`: the browser never told of it. */
async function inlinedFrame(
  { lineno, colno }: Frame,
  script: Script,
  cache: MapCache,
): Promise<ShownFrame | undefined> {
  const { index } = script;
  if (!index || !lineno || !colno) return undefined;
  const textIn = (source: number) => textOf(index, source, cache);
  const caller = await inlinedCaller(index, lineno, colno, textIn, (traced) => scopeOf(index, traced, cache));
  if (!caller) return undefined;
  const shown = await shownFrame({}, caller, index, undefined, cache);
  delete shown.raw;
  return shown;
}

/** Functions of packages are read when a frame leads there. */
async function scopeOf(index: MapIndex, traced: Traced, cache: MapCache): Promise<FoundScope | undefined> {
  const { line, column } = traced;
  const source = index.header.sources[traced.source];
  if (source?.scopes !== 'later' || source.content === null) return index.scopeAt(traced.source, line, column);
  const scopes = await cache.scopes(source.content, source.path);
  const range = scopes?.ranges.get(0);
  return scopes && range ? (scopeIn(scopes, range, line, column) ?? { name: '', line: 1 }) : undefined;
}

/** '' outside of all functions, undefined when it is not known. */
async function functionOf(index: MapIndex, traced: Traced, cache: MapCache): Promise<string | undefined> {
  const scope = await scopeOf(index, traced, cache);
  return scope ? scope.name : index.functionAt(traced.source, traced.line, traced.column);
}

async function textOf(index: MapIndex, source: number, cache: MapCache) {
  const hash = index.header.sources[source]?.content;
  return hash ? await cache.text(hash) : undefined;
}

async function shownFrame(
  frame: Frame,
  traced: Traced,
  index: MapIndex,
  bundleFunction: string | undefined,
  cache: MapCache,
): Promise<ShownFrame> {
  const source = index.header.sources[traced.source];
  const text = await textOf(index, traced.source, cache);
  const context = text && contextLines(text, traced.line, traced.column);
  const own = (await functionOf(index, traced, cache)) ?? bundleFunction;
  const name = own === '' ? '<module>' : (own ?? frame.function);
  const shown: ShownFrame = {
    ...(name !== undefined && { function: name }),
    filename: source?.path || frame.filename || '',
    lineno: traced.line,
    colno: traced.column,
    inApp: source?.inApp ?? true,
    ...(context && { source: context }),
    raw: frame,
  };
  builds.set(shown, index);
  return shown;
}
