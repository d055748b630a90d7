import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseUserAgent } from '../../src/server/machine/parse-user-agent.ts';

/** What a collection of user-agent strings says of one. */
interface Row {
  ua: string;
  browser?: string;
  version?: string;
  os?: string;
}
interface Labelled {
  ua: string;
  expect: { name: string; version?: string; major?: string };
}

const read = <T>(name: string) => JSON.parse(readFileSync(`test/fixtures/user-agents/${name}.json`, 'utf8')) as T[];
const rows: Row[] = [
  ...read<Row>('bowser-2.11.0'),
  ...read<Labelled>('ua-parser-js-1.0.41-browser').map(({ ua, expect: { name, major = '' } }) => ({
    ua,
    browser: name,
    version: major.replace('undefined', ''),
  })),
  ...read<Labelled>('ua-parser-js-1.0.41-os').map(({ ua, expect: { name } }) => ({ ua, os: name })),
];

/** Rows in which we decide otherwise, by a part of the string, and why. */
const otherwise: Record<string, string> = {
  'Version/3.1 iPhone': 'names both a Mac and an iPhone',
  WindowsWechat: 'the row says macOS, or takes the version of an engine part; the string says Windows',
  'Android 9; V1824A': 'the version is that of an engine part',
  'Twitter for iPhone': 'the version is that of the app on iOS only',
  'FBDV/iPhone7,2;FBMD': 'the app of Facebook, which the row calls Safari',
  'SMART-TV; U; Linux/SmartTV': 'a television that has no Safari',
  Roku: 'the string says Windows',
  YandexMobileBot: 'a crawler by its own name',
  'Xbox; Xbox One': 'an Xbox, which the row calls Windows',
  'Safari/419.3': 'gave no version of the browser, only of the engine',
  'Safari/85': 'as above',
  qbcore: 'in small letters throughout, with two browsers in it',
  HuaweiBrowser: 'has a name of its own, which the row does not use',
  'Slack-ImgProxy': 'fetches images, and runs no page',
  'Pingdom.com_bot': 'has no name but that of its host',
};

const apps = /^(Chrome WebView|Facebook|Instagram|TikTok|Snapchat|LinkedIn|WeChat|Line|GSA|KAKAOTALK|Twitter)$/;
const families: Record<string, (row: Row) => boolean> = {
  Chrome: ({ browser = '' }) => /^Chrome( Headless)?$/.test(browser),
  Edge: ({ browser = '' }) => /Edge$/.test(browser),
  Firefox: ({ browser }) => browser === 'Firefox',
  'Safari on macOS': ({ browser, os }) => browser === 'Safari' && os !== 'iOS',
  'Safari on iOS': ({ browser, os }) => browser === 'Mobile Safari' || (browser === 'Safari' && os === 'iOS'),
  'Samsung Internet': ({ browser = '' }) => browser.startsWith('Samsung'),
  Opera: ({ browser = '' }) => browser.startsWith('Opera'),
  'in apps, WebViews': ({ browser = '' }) => apps.test(browser),
  crawlers: ({ browser = '' }) => /bot|crawl|spider|slurp|externalhit/i.test(browser),
};

/** A crawler is called what it calls itself. */
const crawlers: Record<string, string> = {
  BingCrawler: 'bingbot',
  InternetArchiveCrawler: 'ia_archiver',
  YahooSlurp: 'Slurp',
  FacebookExternalHit: 'facebookexternalhit facebookcatalog',
  SlackBot: 'Slackbot Slackbot-LinkExpanding',
  AmazonBot: 'Amazonbot',
  BaiduSpider: 'Baiduspider',
};

/** Our names for theirs: one for Opera on all devices, and a view of iOS in an app is no Safari. */
function ours({ browser = '', ua }: Row): string[] {
  if (browser in crawlers) return (crawlers[browser] as string).split(' ');
  if (ua.includes('OPiOS')) return ['Opera Mini'];
  if (/^Opera (?!Mini)/.test(browser)) return ['Opera'];
  if (browser === 'Safari')
    return /iP(hone|ad|od)/.test(ua) ? ['Mobile Safari', 'iOS WebView'] : [browser, 'Mobile Safari'];
  if (browser === 'Chrome' && /; wv\)|Version\/4/.test(ua)) return ['Chrome WebView'];
  return [browser.replace(/^Microsoft |(?<=Internet) for Android$/g, '')];
}
const systems: Record<string, string> = { 'Mac OS': 'macOS', 'Chrome OS': 'Chromium OS' };
const knownSystems = /^(Windows|Android|iOS|Mac OS|macOS|Linux|Chromium OS|Chrome OS|Tizen|webOS|HarmonyOS)$/;
/** User agents that name no system, or a device that has no pages. */
const withoutSystem = /CFNetwork|HomePod|hp-tablet|^mozilla/;

const isRight = {
  name: (row: Row) => ours(row).includes(parseUserAgent(row.ua).browser.name),
  major: ({ ua, version }: Row) =>
    !version || (parseUserAgent(ua).browser.version ?? '').split('.')[0] === version.split('.')[0],
  os: ({ ua, os = '' }: Row) => !os || parseUserAgent(ua).os.name === (systems[os] ?? os),
};

test('of the browsers that matter, 99 of 100 are told right, and the table in the README says so', () => {
  const judged = rows.filter(({ ua }) => !Object.keys(otherwise).some((part) => ua.includes(part)));
  const wrong: string[] = [];
  const lines: string[] = [];
  let right = 0;
  let all = 0;
  const line = (title: string, found: Row[], checks: (keyof typeof isRight)[]) => {
    const cells = (['name', 'major', 'os'] as const).map((check) => {
      if (!checks.includes(check)) return '';
      const failed = found.filter((row) => !isRight[check](row));
      wrong.push(...failed.map((row) => `${check}: ${JSON.stringify(row)} ${JSON.stringify(parseUserAgent(row.ua))}`));
      all += found.length;
      right += found.length - failed.length;
      return String(found.length - failed.length);
    });
    lines.push(`| ${[title, found.length, ...cells].join(' | ')} |`);
  };
  for (const [family, belongs] of Object.entries(families))
    line(family, judged.filter(belongs), ['name', 'major', 'os']);
  const onlySystem = judged.filter(
    ({ browser, os = '', ua }) => !browser && knownSystems.test(os) && !withoutSystem.test(ua),
  );
  line('systems of others', onlySystem, ['os']);
  assert.ok(right / all >= 0.99, `${right} of ${all}:\n${wrong.join('\n')}`);
  const words = (text: string) => text.replace(/ +/g, ' ');
  assert.ok(
    words(readFileSync('src/server/README.md', 'utf8')).includes(words(lines.join('\n'))),
    `${wrong.join('\n')}\n${lines.join('\n')}`,
  );
});
