import type { Context, Device, Named } from '../../protocol/event.ts';

// The first that matches names it: `Name=pattern`, or a pattern that is its own name. A version follows the match.
const browsers =
  'Facebook=FB(?:AV|SV),Instagram,TikTok=musical_ly|BytedanceWebview,Snapchat,LinkedIn=LinkedInApp,WeChat=MicroMessenger,' +
  'Line,GSA,Opera Mini=Opera Mini|OPiOS,Opera=OP[RTX]|Opera.+Version|Opera,Edge=Edg\\w*,Samsung Internet=SamsungBrowser,' +
  'Yandex=YaBrowser,Vivaldi,DuckDuckGo=DuckDuckGo|Ddg,UCBrowser,IE=MSIE|Trident.+rv:,Firefox=Firefox|FxiOS,' +
  'Chrome Headless=HeadlessChrome,Chrome WebView=; wv.+Chrome,Chrome=Chrome|CriOS,Android Browser=Android.+Version,' +
  'Mobile Safari=iP.+Version,Safari=Version,iOS WebView=iP.+OS';
const systems =
  'Windows Phone=Windows Phone(?: OS)?,Xbox,Windows=Windows(?: NT)?,KAIOS,Tizen,webOS=Web0S|webOS,HarmonyOS,Android,' +
  'iOS=iP(?:hone|ad|od).+?OS|iPhone,Chromium OS=CrOS \\w+,macOS=Mac OS X|Macintosh,PlayStation,Ubuntu,Fedora,FreeBSD,Linux=Linux|X11';

/** Windows says the version of its kernel. */
const kernels = { '5.1': 'XP', '6.0': 'Vista', '6.1': '7', '6.2': '8', '6.3': '8.1', '10.0': '10' };

export const named = (name: string, version?: string): Named => (version ? { name, version } : { name });

function find(rules: string, text: string): Named {
  for (const rule of rules.split(',')) {
    const [name = '', pattern = name] = rule.split('=');
    const match = RegExp(`\\b(?:${pattern})[/ ]*([\\d._]*)`).exec(text);
    if (match) return named(name, match[1]?.replace(/_/g, '.'));
  }
  return { name: 'unknown' };
}

const kindOf = (text: string, isMobile: boolean): Device['kind'] =>
  /TV|Web0S|CrKey/.test(text)
    ? 'tv'
    : /iPad|Tablet|Android(?!.*Mobi)/.test(text)
      ? 'tablet'
      : isMobile
        ? 'mobile'
        : /Windows|Mac|Linux|X11/.test(text)
          ? 'desktop'
          : 'unknown';

/** Browser, system and kind of device as the user-agent string tells them; newer Chromium says less than the truth there. */
export function parseUserAgent(userAgent: string, touchPoints = 0): Pick<Context, 'browser' | 'os' | 'device'> {
  const text = userAgent.slice(0, 500);
  const [, bot, botVersion] =
    /([\w-]*(?:bot|crawl|spider|slurp|externalhit|lighthouse)\w*)(?:\/([\d.]+))?/i.exec(text) ?? [];
  // An iPad calls itself a Mac; no Mac has a touch screen.
  const isPad = touchPoints > 1 && /Macintosh/.test(text);
  const os = isPad ? { name: 'iOS' } : find(systems, text);
  if (os.name === 'Windows' && os.version) os.version = kernels[os.version as keyof typeof kernels] ?? os.version;
  return {
    browser: bot ? named(bot, botVersion) : find(browsers, text),
    os,
    device: { kind: bot ? 'bot' : isPad ? 'tablet' : kindOf(text, /Mobi|iP/.test(text)) },
  };
}
