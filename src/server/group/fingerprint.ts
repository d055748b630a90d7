import { createHash } from 'node:crypto';
import type { GroupingRule, ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { ruleFor, tellRule } from './rules.ts';
import { groupV1 } from './v1.ts';

export interface Fingerprint {
  /** Decides the issue within a project. */
  fingerprint: string;
  /** Others by which the issue may be known. */
  aliases: string[];
  /** Lead to the issue if to one only; an event that is unsure of its place asks them. */
  hints: string[];
  isSure: boolean;
  /** The line wherever its file has gone. */
  moved: { hint: string; file: string } | undefined;
  /** An issue that begins with the event is ignored. */
  isIgnored: boolean;
  grouping: { version: string; reasons: string[] };
}

type Found = Omit<Fingerprint, 'isIgnored'>;

/** What the usual grouping says. */
interface Usual {
  parts: string[];
  reasons: string[];
}

const version = 'v1';
const usual = '{{default}}';

/** The site's own fingerprint if the event brings one; else what a rule of the project says; else the usual grouping. */
export function fingerprintOf(event: Event, frames: ShownFrame[][], rules: GroupingRule[] = []): Fingerprint {
  const rule = ruleFor(event, frames, rules);
  return { ...byWords(event, frames, rule), isIgnored: rule?.ignore === true };
}

function byWords(event: Event, frames: ShownFrame[][], rule: GroupingRule | undefined): Found {
  const { parts, aliases, hints, isSure, moved, reasons } = groupV1(event, frames);
  const usually = { parts, reasons };
  const own = event.fingerprint ?? [];
  if (own.length > 0) return withWords(own, usually, 'The site said that these belong together');
  const ruled = rule?.fingerprint ?? [];
  if (rule && ruled.length > 0) return withWords(ruled, usually, `A rule says so, for ${tellRule(rule)}`);
  return {
    fingerprint: hash([version, ...parts]),
    aliases: aliases.map((alias) => hash([version, ...alias])),
    hints: hints.map((hint) => hash([version, ...hint])),
    isSure,
    moved: moved && { hint: hash([version, ...moved.words]), file: moved.file },
    grouping: { version, reasons },
  };
}

function withWords(own: string[], { parts, reasons }: Usual, who: string): Found {
  const words = own.filter((part) => part !== usual).map((part) => `\`${part}\``);
  const why = words.length > 0 ? [`${who}: ${words.join(', ')}.`] : [];
  return {
    ...only(['own', ...own.flatMap((part) => (part === usual ? [version, ...parts] : [part]))]),
    grouping: { version, reasons: own.includes(usual) ? [...why, ...reasons] : why },
  };
}

/** Where events go whose grouping failed: they are never lost. */
export function fallbackFingerprint(problem: string): Fingerprint {
  return {
    ...only(['fallback', problem]),
    isIgnored: false,
    grouping: { version: 'fallback', reasons: [`The collector could not process these events: ${problem}`] },
  };
}

const only = (parts: string[]) => ({
  fingerprint: hash(parts),
  aliases: [],
  hints: [],
  isSure: true,
  moved: undefined,
});

const hash = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
