import type { ShownFrame } from '../../src/protocol/api.ts';
import type { Build, Corpus, Recorded, Site } from './corpus.ts';
import { measure, type Measure } from './measure.ts';
import { eventOf, inOrderOfArrival, openPipeline } from './pipeline.ts';
import { isSite, rivals } from './rivals.ts';
import { isHeldOut } from './split.ts';

export interface Evaluation {
  events: number;
  ours: Measure;
  rivals: Record<string, Measure>;
  /** Only with maps. */
  frames?: FrameAccuracy;
}

export interface FrameAccuracy {
  /** Events whose stack has the throwing frame. */
  told: number;
  /** Of these, the ones with the right file, line and function. */
  right: number;
  /** Events of WebKit without it: it ends a function's frame when its last act is a call. */
  ended: number;
}

/** Sends one half of the corpus through the collector's stages, and through the ways of others. */
export async function evaluate(corpus: Corpus, half: { isHeldOut: boolean; hasMaps: boolean }): Promise<Evaluation> {
  const recorded = inOrderOfArrival(corpus.events.filter(({ bug }) => isHeldOut(bug) === half.isHeldOut));
  const events = recorded.map((each, index) => eventOf(corpus, each, index));
  const pipeline = await openPipeline(corpus, half.hasMaps);
  try {
    const shown: ShownFrame[][][] = [];
    for (const event of events) shown.push(await pipeline.symbolicate('1', event));
    const groups = await pipeline.file(events);
    const measured = (groupOf: (index: number) => string) =>
      measure(recorded.map(({ bug }, index) => ({ bug, group: groupOf(index) })));
    const seen = events.map(({ exceptions }, index) => ({ exceptions, frames: shown[index] ?? [] }));
    const others = Object.entries(rivals).map(([name, scheme]): [string, Measure] => {
      const keys = seen.map((event) => JSON.stringify(scheme(event)));
      return [name, measured((index) => keys[index] ?? '')];
    });
    return {
      events: events.length,
      ours: measured((index) => groups[index] ?? ''),
      rivals: Object.fromEntries(others),
      ...(half.hasMaps && { frames: frameAccuracy(corpus, recorded, shown) }),
    };
  } finally {
    await pipeline.close();
  }
}

function frameAccuracy(corpus: Corpus, recorded: Recorded[], shown: ShownFrame[][][]): FrameAccuracy {
  const accuracy = { told: 0, right: 0, ended: 0 };
  recorded.forEach((each, index) => {
    const site = siteOf(corpus.builds[each.build] as Build, each.bug);
    const stacks = (shown[index] ?? []).map((frames) => frames.slice(0, 4));
    if (!site || stacks.every((frames) => frames.length === 0)) return;
    if (stacks.some((frames) => frames.some((frame) => isSite(frame, site)))) {
      accuracy.told++;
      accuracy.right++;
    } else if (each.engine === 'webkit' && !stacks.flat().some(({ filename }) => filename === site.file))
      accuracy.ended++;
    else accuracy.told++;
  });
  return accuracy;
}

/** Where it throws: the line itself, or that of the helper which the line calls. */
function siteOf({ sites }: Build, bug: string): Site | undefined {
  const site = sites[bug];
  return site?.thrower ? sites[site.thrower] : site;
}
