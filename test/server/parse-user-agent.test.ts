import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseUserAgent } from '../../src/server/machine/parse-user-agent.ts';

interface Row {
  desc: string;
  ua: string;
  expect: { name: string; version?: string; major?: string };
}
const readRows = (name: string) =>
  JSON.parse(readFileSync(`test/fixtures/user-agents/ua-parser-js-1.0.41-${name}.json`, 'utf8')) as Row[];

const families =
  /^(Chrome|Chrome Headless|Chrome WebView|Edge|Firefox|Mobile Safari|Safari|Samsung Internet|Opera.*|Facebook|Instagram|TikTok|Snapchat|LinkedIn|WeChat|Line|GSA|KAKAOTALK|Twitter|IE)$/;

/** Rows in which we decide otherwise, by their description, and why. */
const otherwise: Record<string, string> = {
  'Opera Mobile': 'one name for Opera on all devices: the device says the rest',
  'Opera GX on Android': 'one name for Opera',
  'Opera GX on Windows': 'one name for Opera',
  'Opera Tablet': 'one name for Opera',
  'Opera Touch': 'one name for Opera',
  'Opera Coast': 'one name for Opera',
  'Safari < 3.0': 'gave no version of the browser, only of the engine',
  'WeChat Desktop for Windows Built-in Browser': 'the row takes the version of its engine part QBCore',
  'WeChat Desktop for Windows Built-in Browser major version in 4': 'as above, and in small letters throughout',
  Twitter: 'the version is that of the app on iOS only',
};

test('names the browser and its major version', () => {
  const rows = readRows('browser').filter(({ desc, expect }) => families.test(expect.name) && !otherwise[desc]);
  assert.ok(rows.length >= 55, String(rows.length));
  for (const { ua, expect } of rows) {
    const { browser } = parseUserAgent(ua);
    const major = expect.major?.replace('undefined', '') ?? '';
    assert.deepEqual([browser?.name, (browser?.version ?? '').split('.')[0]], [expect.name, major], ua);
  }
});

/** User agents that name no system, or a device that has no pages. */
const withoutSystem = /CFNetwork|HomePod|hp-tablet|^mozilla/;
/** We say macOS as Apple does. */
const ourNames: Record<string, string> = { 'Mac OS': 'macOS' };

test('names the operating system', () => {
  const known = /^(Windows|Android|iOS|Mac OS|Linux|Chromium OS|Tizen|webOS|HarmonyOS)$/;
  const rows = readRows('os').filter(({ ua, expect }) => known.test(expect.name) && !withoutSystem.test(ua));
  assert.ok(rows.length >= 40, String(rows.length));
  for (const { ua, expect } of rows)
    assert.equal(parseUserAgent(ua).os?.name, ourNames[expect.name] ?? expect.name, ua);
});

test('tells today’s browsers, their systems and kinds of device', () => {
  const rows: [ua: string, browser: string, os: string, kind: string][] = [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
      'Edge 142',
      'Windows 10',
      'desktop',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
      'Safari 26',
      'macOS 10.15.7',
      'desktop',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
      'Mobile Safari 26',
      'iOS 18.7',
      'mobile',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
      'iOS WebView 18',
      'iOS 18.7',
      'mobile',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36',
      'Samsung Internet 29',
      'Android 10',
      'mobile',
    ],
    [
      'Mozilla/5.0 (Linux; Android 13; SM-X200; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Safari/537.36',
      'Chrome WebView 141',
      'Android 13',
      'tablet',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'Firefox 153', 'Linux ', 'desktop'],
    [
      'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'Googlebot 2',
      'Android 6.0.1',
      'bot',
    ],
    [
      'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36',
      'Chrome 120',
      'webOS ',
      'tv',
    ],
    ['', 'unknown ', 'unknown ', 'unknown'],
  ];
  for (const [ua, ...wanted] of rows) {
    const { browser, os, device } = parseUserAgent(ua);
    const found = [
      `${browser.name} ${browser.version?.split('.')[0] ?? ''}`,
      `${os.name} ${os.version ?? ''}`,
      device.kind,
    ];
    assert.deepEqual(found, wanted, ua);
  }
});

test('a Mac with a touch screen is an iPad', () => {
  const ua =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';
  assert.deepEqual(parseUserAgent(ua, 5), {
    browser: { name: 'Mobile Safari', version: '26.1' },
    os: { name: 'iOS' },
    device: { kind: 'tablet' },
  });
});

/** Forms that were told wrong in the test data of matomo's device-detector and of WhichBrowser, or in npm's `user-agents`, which nobody had looked at. */
test('telephones named like robots or browsers are neither, and crawlers without "bot" in their names are crawlers', () => {
  const phone = (model: string) =>
    `Mozilla/5.0 (Linux; Android 13; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36`;
  const desktop = (tail: string) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 ${tail}`;
  const rows = [
    [phone('M bot 60'), 'Chrome 124 mobile Android'],
    [phone('XBot_Senior Build/O11019'), 'Chrome 124 mobile Android'],
    [phone('Spider 8'), 'Chrome 124 mobile Android'],
    [phone('Edge 20 Pro'), 'Chrome 124 mobile Android'],
    [phone('A511 Harmony'), 'Chrome 124 mobile Android'],
    [phone('M-IPRO810W Build/Version1.20'), 'Chrome 124 mobile Android'],
    [phone('HP Chromebook 13 G1'), 'Chrome 124 mobile Android'],
    [phone('Pixel 7; wv') + ' GoogleApp/13.25.10.29.arm64', 'GSA 13 mobile Android'],
    [phone('SM-S926U; wv') + ' Instagram 446.0.0.49.77 Android (36/16; 540dpi)', 'Instagram 446 mobile Android'],
    [phone('SM-S926U; wv') + ' Barcelona 448.0.0.54.85 Android (36/16; 540dpi)', 'Threads 448 mobile Android'],
    [phone('Nexus 5X') + ' (compatible; Google-Read-Aloud)', 'Google-Read-Aloud  bot Android'],
    [desktop('(compatible; Google-GeminiNotebook)'), 'Google-GeminiNotebook  bot Linux'],
    [desktop('Prerender (+https://github.com/prerender/prerender)'), 'Prerender  bot Linux'],
    [desktop('(compatible; PagePeeker/3.0; +https://pagepeeker.com/robots/)'), 'PagePeeker 3 bot Linux'],
    [desktop('Chrome-Lighthouse'), 'Chrome-Lighthouse  bot Linux'],
    [
      'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
      'ChatGPT-User 1 bot unknown',
    ],
    [
      'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; Banca Caboto s.p.a.; rv:11.0) like Gecko',
      'IE 11 desktop Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 4.3; SAMSUNG SM-P600 Build/JSS15J) AppleWebKit/537.36 (KHTML, like Gecko) Version/1.5 Chrome/28.0.1500.94 Safari/537.36',
      'Samsung Internet 1 tablet Android',
    ],
    ['Mozilla/5.0 (Mobile; ALCATEL4044T; rv:37.0) Gecko/37.0 Firefox/37.0 KaiOS/1.0', 'Firefox 37 mobile KaiOS'],
  ];
  for (const [ua = '', wanted] of rows) {
    const { browser, os, device } = parseUserAgent(ua);
    assert.equal(`${browser.name} ${browser.version?.split('.')[0] ?? ''} ${device.kind} ${os.name}`, wanted, ua);
  }
});

test('browsers of Samsung before they had a name, and Opera where a television set says versions too', () => {
  const name = (text: string) => {
    const { browser } = parseUserAgent(text);
    return `${browser.name} ${browser.version}`;
  };
  const samsung = 'Mozilla/5.0 (Linux; Android 4.2.2; xx; SM-N900 Build/JDQ39) AppleWebKit/537.36 (KHTML, like Gecko)';
  assert.equal(name(`${samsung} Version/1.5 Chrome/28.0.1500.94 Mobile Safari/537.36`), 'Samsung Internet 1.5');
  assert.equal(name(`${samsung} Version/4.0 Chrome/28.0.1500.94 Mobile Safari/537.36`), 'Chrome WebView 28.0.1500.94');
  const tizen = 'Mozilla/5.0 (Linux; U; Tizen 2.0; xx; GT-I8800) AppleWebKit/537.1 (KHTML, like Gecko)';
  assert.equal(name(`${tizen} Mobile TizenBrowser/2.0`), 'Samsung Internet 2.0');
  const set = 'Opera/9.80 (X11;Linux armv7i;HbbTV/1.1.1;CE-HTML/1.0;Vendor/TCL;SW-Version/V8-T56FT05-LF1V327;en)';
  assert.equal(name(`${set} AppleWebKit/534.24`), 'Opera 9.80');
  assert.equal(name('Opera/9.80 (X11; Linux x86_64; U; en) Presto/2.12.388 Version/12.16'), 'Opera 12.16');
  assert.equal(name('SAMSUNG-GT-i8000/1.0 (Windows CE; Opera Mobi; U; en) Opera 9.5'), 'Opera 9.5');
});

/** As monperrus/crawler-user-agents (7c7f9f2), matomo-org/device-detector (3856a28) and omrilotan/isbot (344052d) have seen them. */
test('crawlers are called what they call themselves, with their version', () => {
  const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/81.0.4044.138';
  const rows = [
    ['Mozilla/5.0 (compatible; YandexBlogs/0.99; robot; B; +http://yandex.com/bots)', 'YandexBlogs 0'],
    ['Mozilla/5.0 (compatible; YaDirectFetcher/1.0; Dyatel; +http://yandex.com/bots)', 'YaDirectFetcher 1'],
    ['Mozilla/5.0 (compatible; Qwantify/2.4w; +https://www.qwant.com/)/2.4w', 'Qwantify 2'],
    ['Mozilla/5.0 (compatible; SISTRIX Crawler; http://crawler.sistrix.net/)', 'SISTRIX Crawler '],
    ['Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)', 'archive.org_bot '],
    ['Mozilla/5.0 (compatible; heritrix/1.14.3 +http://www.accelobot.com)', 'heritrix 1'],
    ['Mozilla/5.0 (compatible; meta-externalfetcher/1.1)', 'meta-externalfetcher 1'],
    ['Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5', 'SkypeUriPreview '],
    [`Mozilla/5.0 (X11; Linux x86_64; Storebot-Google/1.0) ${chrome} Safari/537.36`, 'Storebot-Google 1'],
    [
      `Mozilla/5.0 (Linux; Android 8.0; Pixel 2 Build/OPD3.170816.012; Storebot-Google/1.0) ${chrome} Mobile Safari/537.36`,
      'Storebot-Google 1',
    ],
    [
      'Mozilla/5.0 (Linux;u;Android 2.3.7;zh-cn;) AppleWebKit/533.1 (KHTML,like Gecko) Version/4.0 Mobile Safari/533.1 (compatible; +http://www.baidu.com/search/spider.html)',
      'baidu.com ',
    ],
    ['Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)', 'Sogou web spider 4'],
    ['Screaming Frog SEO Spider/5.1', 'Screaming Frog SEO Spider 5'],
    ['Claude-Web/1.0 (web crawler; +https://www.anthropic.com/; bots@anthropic.com)', 'Claude-Web 1'],
    ['Yeti/1.1 (Naver Corp.; http://help.naver.com/robots/)', 'Yeti 1'],
    ['MJ12bot/v1.2.0 (http://majestic12.co.uk/bot.php?+)', 'MJ12bot 1'],
    ['WhatsApp/2.19.330 A', 'WhatsApp 2'],
  ];
  for (const [ua = '', wanted] of rows) {
    const { browser, device } = parseUserAgent(ua);
    assert.equal(`${browser.name} ${browser.version?.split('.')[0] ?? ''}`, wanted, ua);
    assert.equal(device.kind, 'bot', ua);
  }
});
