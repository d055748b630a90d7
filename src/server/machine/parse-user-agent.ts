import type { Context, Named } from '../../protocol/event.ts';

// The first that matches names it: `Name=pattern`, or a pattern that is its own name. A version follows the match.
const browsers =
  'Facebook=FB.+FBAV|FBAN,Instagram,TikTok=musical_ly|Bytedance,Snapchat,LinkedIn=LinkedInApp,WeChat=MicroMessenger,Line,KAKAOTALK,Twitter,GSA,' +
  'Opera Mini=Opera Mini|OPiOS,Opera=OP[RTX]|Opera.+Version|Opera,Edge=Edg\\w*,Samsung Internet=SamsungBrowser,' +
  'Yandex=YaBrowser,IE=MSIE|Trident.+rv.?,Firefox=Firefox|FxiOS,' +
  'Chrome Headless=HeadlessChrome,Chrome WebView=; wv.+Chrome,Chrome=Chrome|CriOS,' +
  'Mobile Safari=iP.+Version,Safari=Version,iOS WebView=iP.+?OS';
const systems =
  'Windows=Windows(?: NT)?,Tizen,webOS=[wW]eb[0O]S,HarmonyOS,Android,' +
  'iOS=iP.+?OS|iPhone,Chromium OS=CrOS \\w+,macOS=Mac.+OS X|Mac,Linux=Linux|X11';

export const named = (name: string, version?: string): Named => (version ? { name, version } : { name });

function find(rules: string, text: string): Named {
  for (const rule of rules.split(',')) {
    const [name = '', pattern = name] = rule.split('=');
    const match = RegExp(`\\b(?:${pattern})[/ _]*(\\d[\\d._]*)?`).exec(text);
    // Windows says the version of its kernel; what is 10.0 there is 10.
    if (match) return named(name, match[1]?.replace(/_/g, '.').replace(/^10\.0$/, '10'));
  }
  return named('unknown');
}

/** Browser, system and kind of device as the user-agent string tells them; newer Chromium says less than the truth there. */
export function parseUserAgent(
  userAgent: string,
  touchPoints = 0,
): Required<Pick<Context, 'browser' | 'os' | 'device'>> {
  // An iPad calls itself a Mac; no Mac has a touch screen.
  const text = userAgent.slice(0, 500).replace(touchPoints > 1 ? /Macintosh.+ OS X [\d_]+/ : '\0', 'iPad OS');
  const bot = /([\w-]*(?:bot|crawl|spider|slurp|externalhit)\w*)(?:\/([\d.]+))?/i.exec(text);
  const os = find(systems, text);
  return {
    browser: bot ? named(bot[1] ?? '', bot[2]) : find(browsers, text),
    os,
    device: {
      kind: bot
        ? 'bot'
        : /TV|Web0S|CrKey/.test(text)
          ? 'tv'
          : /iPad|Tablet|Android(?!.*Mobi)/.test(text)
            ? 'tablet'
            : /Mobi|iP/.test(text)
              ? 'mobile'
              : os.name === 'unknown'
                ? os.name
                : 'desktop',
    },
  };
}
