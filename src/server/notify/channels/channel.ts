import type { ChannelSettings, Notice, ToldIssue, ToldRecord } from '../../../protocol/notices.ts';

/** A request that tells a notice. */
export interface NoticeRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Puts a notice into the words of one kind of receiver. Everything in it that came from a page is data there, not markup. */
export type Channel = (notice: Notice, settings: ChannelSettings, now: number) => NoticeRequest;

export const json = (url: string | undefined, body: unknown): NoticeRequest => ({
  url: url ?? '',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The facts below an issue's title, as a receiver with little room shows them. */
export function factsOf(issue: ToldIssue): string {
  const { events, users, release, browser, os, page } = issue;
  const facts = [
    `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`,
    users > 0 ? `${users.toLocaleString('en')} ${users === 1 ? 'user' : 'users'}` : '',
    release === null ? '' : `release ${release}`,
    [browser, os].filter(Boolean).join(' on '),
    page,
  ];
  return facts.filter(Boolean).join(' · ');
}

export const recordLineOf = ({ level, logger, text }: ToldRecord): string => `${level} ${logger}: ${text}`;

export function recordFactsOf({ at, count, release, environment, page }: ToldRecord): string {
  const facts = [
    count > 1 ? `${count.toLocaleString('en')} times` : '',
    `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    release === null ? '' : `release ${release}`,
    environment ?? '',
    page,
  ];
  return facts.filter(Boolean).join(' · ');
}

/** `src/cart.ts:12  total.toFixed(2)`, or where it failed in other words. */
export function placeOf({ line, culprit }: ToldIssue): string {
  return line ? `${line.file}:${line.number}${line.text ? `  ${line.text}` : ''}` : culprit;
}

export const trailOf = ({ breadcrumbs }: ToldIssue): string[] =>
  breadcrumbs.map(({ kind, text }) => `${kind}: ${text}`);

/** What is left out, in words; empty for nothing. */
export const moreOf = ({ more }: Notice): string => (more > 0 ? `and ${more.toLocaleString('en')} more` : '');
