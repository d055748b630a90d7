import { createHash } from 'node:crypto';
import type { ShownFrame } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { groupV1 } from './v1.ts';

export interface Fingerprint {
  /** Decides the issue within a project. */
  fingerprint: string;
  grouping: { version: string; reasons: string[] };
}

const version = 'v1';
const usual = '{{default}}';

/** The site's own fingerprint if the event brings one, the usual grouping otherwise. */
export function fingerprintOf(event: Event, frames: ShownFrame[]): Fingerprint {
  const { parts, reasons } = groupV1(event, frames);
  const own = event.fingerprint ?? [];
  if (own.length === 0) return { fingerprint: hash([version, ...parts]), grouping: { version, reasons } };
  const words = own.filter((part) => part !== usual).map((part) => `\`${part}\``);
  const why = words.length > 0 ? [`The site said that these belong together: ${words.join(', ')}.`] : [];
  return {
    fingerprint: hash(['own', ...own.flatMap((part) => (part === usual ? [version, ...parts] : [part]))]),
    grouping: { version, reasons: own.includes(usual) ? [...why, ...reasons] : why },
  };
}

/** Where events go whose grouping failed: they are never lost. */
export function fallbackFingerprint(problem: string): Fingerprint {
  return {
    fingerprint: hash(['fallback', problem]),
    grouping: { version: 'fallback', reasons: [`The collector could not process these events: ${problem}`] },
  };
}

const hash = (parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
