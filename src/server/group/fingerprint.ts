import { hash as hashOf } from 'node:crypto';
import type { GroupingRule, ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { remember } from '../lib/remember.ts';
import { ruleFor, tellRule } from './rules.ts';
import { groupV1, type Grouping } from './v1.ts';
import { variantOf } from './variant.ts';

export interface Fingerprint {
  /** Decides the issue within a project. */
  fingerprint: string;
  /** Others by which the issue may be known. */
  aliases: string[];
  /** Lead to the issue if to one only; an event that is unsure of its place asks them. */
  hints: string[];
  /** What earlier versions of grouping call it: asked first, never noted. */
  earlier: string[];
  /** What kind of event it is within its issue: people may split by it. */
  variant: string;
  isSure: boolean;
  /** The line wherever its file has gone. */
  moved: { hint: string; file: string } | undefined;
  /** An issue that begins with the event is ignored. */
  isIgnored: boolean;
  grouping: { version: string; reasons: string[] };
}

type Found = Omit<Fingerprint, 'isIgnored' | 'variant'>;

/** A way of grouping that has been released is never edited: a change is a new version, with a name of its own. */
export interface GroupingVersion {
  name: string;
  group(event: Event, frames: ShownFrame[][]): Grouping;
}

/** The last one groups what is new; by the others, events find the issues from before. */
export const groupingVersions: GroupingVersion[] = [{ name: 'v1', group: groupV1 }];

const usual = '{{default}}';

/** The site's own fingerprint if the event brings one; else what a rule of the project says; else the usual grouping. */
export function fingerprintOf(
  event: Event,
  frames: ShownFrame[][],
  rules: GroupingRule[] = [],
  versions: GroupingVersion[] = groupingVersions,
): Fingerprint {
  const rule = ruleFor(event, frames, rules);
  const [found, ...earlier] = versions.toReversed().map((version) => byVersion(version, event, frames, rule));
  if (!found) throw new Error('there is no version of grouping');
  return {
    ...found,
    // A fingerprint that says nothing of a version is the same in all.
    earlier: earlier
      .reverse()
      .flatMap(({ fingerprint, aliases }) => [fingerprint, ...aliases])
      .filter((name) => name !== found.fingerprint),
    variant: hash(variantOf(event, frames)),
    isIgnored: rule?.ignore === true,
  };
}

function byVersion(
  { name: version, group }: GroupingVersion,
  event: Event,
  frames: ShownFrame[][],
  rule: GroupingRule | undefined,
): Found {
  const grouping = group(event, frames);
  const { aliases, hints, isSure, moved, reasons } = grouping;
  const parts = [version, ...grouping.parts];
  const usually = { version, parts, reasons };
  const own = event.fingerprint ?? [];
  if (own.length > 0) return withWords(own, usually, 'The site said that these belong together');
  const ruled = rule?.fingerprint ?? [];
  if (rule && ruled.length > 0) return withWords(ruled, usually, `A rule says so, for ${tellRule(rule)}`);
  return {
    fingerprint: hash(parts),
    aliases: aliases.map((alias) => hash([version, ...alias])),
    hints: hints.map((hint) => hash([version, ...hint])),
    earlier: [],
    isSure,
    moved: moved && { hint: hash([version, ...moved.words]), file: moved.file },
    grouping: { version, reasons },
  };
}

/** What the usual grouping says. */
interface Usual {
  version: string;
  /** The version first. */
  parts: string[];
  reasons: string[];
}

function withWords(own: string[], { version, parts, reasons }: Usual, who: string): Found {
  const words = own.filter((part) => part !== usual).map((part) => `\`${part}\``);
  const why = words.length > 0 ? [`${who}: ${words.join(', ')}.`] : [];
  return {
    ...only(['own', ...own.flatMap((part) => (part === usual ? parts : [part]))]),
    grouping: { version, reasons: own.includes(usual) ? [...why, ...reasons] : why },
  };
}

/** Where events go whose grouping failed: they are never lost. */
export function fallbackFingerprint(problem: string): Fingerprint {
  return {
    ...only(['fallback', problem]),
    variant: '',
    isIgnored: false,
    grouping: { version: 'fallback', reasons: [`The collector could not process these events: ${problem}`] },
  };
}

const only = (parts: string[]) => ({
  fingerprint: hash(parts),
  aliases: [],
  earlier: [],
  hints: [],
  isSure: true,
  moved: undefined,
});

const hashText = remember((text) => hashOf('sha256', text, 'base64url'), 5_000);
const hash = (parts: string[]) => hashText(JSON.stringify(parts));
