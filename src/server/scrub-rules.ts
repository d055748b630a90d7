import { RE2JS } from 're2js';
import type { ScrubRule } from '../protocol/api.ts';
import type { Event } from '../protocol/event.ts';
import { mask } from './scrub.ts';
import { messageOf } from './lib/message-of.ts';

/** Removes from an event what the rules name; the same event if there are none. */
export type ScrubByRules = (event: Event) => Event;

/**
 * Rules that people write. Patterns run in linear time (RE2), whatever text of strangers they meet.
 * Throws a sentence for the rule's author when a pattern cannot be read.
 */
export function compileScrubRules(rules: ScrubRule[]): ScrubByRules {
  if (rules.length === 0) return (event) => event;
  const names = rules.filter(({ kind }) => kind === 'name').map(({ pattern }) => compileName(pattern));
  const texts = rules
    .filter(({ kind }) => kind === 'text')
    .map(({ pattern, replacement = mask }) => ({
      pattern: compile(pattern),
      replacement: RE2JS.quoteReplacement(replacement),
    }));

  const scrubText = (text: string) =>
    texts.reduce((rest, { pattern, replacement }) => pattern.matcher(rest).replaceAll(replacement), text);
  const scrubValue = (value: unknown): unknown => {
    if (typeof value === 'string') return scrubText(value);
    if (Array.isArray(value)) return value.map(scrubValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        names.some((pattern) => pattern.matches(name)) ? mask : scrubValue(inner),
      ]),
    );
  };
  return (event) => {
    const scrubbed = { ...event };
    const free = { message: 0, page: 0, request: 0, user: 0, tags: 0, extra: 0 };
    for (const name of Object.keys(free) as (keyof typeof free)[]) {
      if (event[name] !== undefined) Object.assign(scrubbed, { [name]: scrubValue(event[name]) });
    }
    scrubbed.exceptions = event.exceptions.map((one) => ({ ...one, value: scrubText(one.value) }));
    scrubbed.breadcrumbs = event.breadcrumbs.map((one) => ({
      ...one,
      text: scrubText(one.text),
      ...(one.data && { data: scrubValue(one.data) as Record<string, unknown> }),
    }));
    return scrubbed;
  };
}

/** The name of a field, whole and in any case; `*` stands for any characters. */
const compileName = (pattern: string) => compile(`(?i)${pattern.split('*').map(RE2JS.quote).join('.*')}`);

function compile(pattern: string) {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new Error(`The pattern ${pattern} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
