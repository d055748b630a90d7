import type { Context, Device, Named } from '../../protocol/event.ts';

/** The first that matches names it. `Name=pattern`, where a pattern alone is its own name; a version follows the match. */
const browsers = [
  'Facebook=FB(?:AV|_IAB.*FBAV|SV)\\/',
  'Instagram',
  'TikTok=(?:musical_ly|TikTok|BytedanceWebview).*?[/ ]',
  'Snapchat',
  'LinkedIn=LinkedInApp.?',
  'WeChat=MicroMessenger\\/',
  'Line= Line\\/',
  'KAKAOTALK',
  'Pinterest=Pinterest.*?\\/',
  'GSA',
  'Opera Mini=Opera Mini\\/|OPiOS\\/',
  'Opera=(?:OPR|OPT|OPX|OPRGX)\\/|Opera.+Version\\/|Opera[/ ]',
  'Edge=Edg(?:e|A|iOS)?\\/',
  'Samsung Internet=SamsungBrowser\\/',
  'Yandex=YaBrowser\\/',
  'Vivaldi',
  'DuckDuckGo=(?:DuckDuckGo|Ddg)\\/',
  'UCBrowser=UC ?(?:Browser|WEB)\\/?',
  'Huawei Browser=HuaweiBrowser\\/',
  'MIUI Browser=MiuiBrowser\\/',
  'QQBrowser=M?QQBrowser\\/',
  'Silk',
  'Whale',
  'Electron',
  'Waterfox',
  'SeaMonkey',
  'IE=MSIE |Trident.+rv:',
  'Firefox=(?:Firefox|FxiOS)\\/',
  'Chrome Headless=HeadlessChrome\\/',
  'Chrome WebView=; wv\\).+Chrome\\/',
  'Chrome=(?:Chrome|CriOS)\\/',
  'Chromium',
  'Android Browser=Android.+Version\\/',
  'Mobile Safari=(?:iPhone|iPad|iPod).+Version\\/',
  'Safari=Version\\/(?=.+Safari)',
  'iOS WebView=(?:iPhone|iPad|iPod).+OS (?=.+AppleWebKit)',
];

const systems = [
  'Windows Phone=Windows Phone (?:OS )?',
  'Xbox=Xbox; Xbox ',
  'Windows=Windows (?:NT )?',
  'KAIOS=KAIOS\\/',
  'Tizen=Tizen ?\\/?',
  'webOS=Web0S|webOS\\/?',
  'HarmonyOS=HarmonyOS[ /]?|OpenHarmony ?',
  'Android=Android[ -]?',
  'iOS=(?:iPhone|iPad|iPod).+?OS (?=\\d)|iPhone|iPad',
  'Chromium OS=CrOS \\w+ ',
  'macOS=Mac ?OS ?X? ?|Macintosh',
  'PlayStation=PlayStation ',
  'Nintendo=Nintendo ',
  'Ubuntu=Ubuntu[/ ]?',
  'Fedora=Fedora[/ ]?',
  'FreeBSD=FreeBSD ?',
  'Linux=Linux|X11',
];

/** Windows says the version of its kernel. */
const kernels: Record<string, string> = {
  '5.1': 'XP',
  '5.2': 'XP',
  '6.0': 'Vista',
  '6.1': '7',
  '6.2': '8',
  '6.3': '8.1',
  '10.0': '10',
};

function find(rules: string[], text: string): Named | undefined {
  for (const rule of rules) {
    const [name = '', pattern = `${rule}\\/`] =
      rule.split('=', 2).length > 1 ? [rule.slice(0, rule.indexOf('=')), rule.slice(rule.indexOf('=') + 1)] : [rule];
    const match = new RegExp(`(?:${pattern})v?([\\d._]*)`, 'i').exec(text);
    if (match) return match[1] ? { name, version: match[1].replace(/_/g, '.') } : { name };
  }
  return undefined;
}

/** Browser, system and kind of device as the user-agent string tells them; newer Chromium says less than the truth there. */
export function parseUserAgent(userAgent: string, touchPoints = 0): Pick<Context, 'browser' | 'os' | 'device'> {
  const text = userAgent.slice(0, 500);
  const bot = /([\w-]*(?:bot|crawl|spider|slurp|externalhit|inspect|lighthouse)[\w-]*)(?:[/ ]v?([\d.]+))?/i.exec(text);
  const browser = bot ? named(bot[1] ?? '', bot[2]) : (find(browsers, text) ?? { name: 'unknown' });
  let os = find(systems, text) ?? { name: 'unknown' };
  if (os.name === 'Windows' && os.version) os = named('Windows', kernels[os.version] ?? os.version);
  // An iPad calls itself a Mac; no Mac has a touch screen.
  if (os.name === 'macOS' && touchPoints > 1) os = { name: 'iOS' };
  return { browser, os, device: { kind: bot ? 'bot' : kindOf(text, os.name) } };
}

export const named = (name: string, version?: string): Named => (version ? { name, version } : { name });

function kindOf(text: string, os: string): Device['kind'] {
  if (/TV|Web0S|CrKey|BRAVIA|AFT[A-Z]/.test(text)) return 'tv';
  if (/iPad|Tablet|Silk(?!.*Mobile)|PlayBook/.test(text) || (os === 'Android' && !/Mobi/.test(text))) return 'tablet';
  if (/Mobi|iPhone|iPod|Opera Mini/.test(text)) return 'mobile';
  if (os === 'iOS') return 'tablet';
  return /^(Windows|macOS|Linux|Ubuntu|Fedora|FreeBSD|Chromium OS)$/.test(os) ? 'desktop' : 'unknown';
}
