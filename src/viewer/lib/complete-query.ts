import type { Device, Level } from '../../protocol/event.ts';
import { queryKeys } from './query-term.ts';
import { mechanismWords } from './words.ts';

const levels: Level[] = ['critical', 'error', 'warning', 'notice', 'info'];
const devices: Device['kind'][] = ['desktop', 'mobile', 'tablet', 'tv', 'bot'];
const browsers = ['Chrome', 'Edge', 'Firefox', 'Safari'];
const systems = ['Android', 'iOS', 'Linux', 'macOS', 'Windows'];

const values: Record<string, string[]> = {
  browser: browsers,
  os: systems,
  device: devices,
  level: levels,
  mechanism: Object.keys(mechanismWords),
};

/** What `text` may become: its last word completed to a key, or to one of the usual values of its key. */
export function completeQuery(text: string): string[] {
  const [, before = '', last = ''] = /^(.*\s)?(\S*)$/s.exec(text) ?? [];
  const [key = '', begun] = last.split(':', 2);
  const candidates =
    begun === undefined
      ? [...queryKeys, 'tag'].map((word) => `${word}:`)
      : (values[key] ?? []).map((value) => `${key}:${value}`);
  return candidates
    .filter((word) => word !== last && word.toLowerCase().startsWith(last.toLowerCase()))
    .map((word) => before + word);
}
