import type { Context, Named } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';

interface Rule {
  name: string;
  pattern: RegExp;
}

const readRules = (line: string): Rule[] =>
  line.split(',').map((rule) => {
    const [name = '', pattern = name] = rule.split('=');
    return { name, pattern: RegExp(`\\b(?:${pattern})[/ _-]*(\\d[\\d._]*)?`) };
  });

// The first that matches names it: `Name=pattern`, or a pattern that is its own name. A version follows the match.
const browsers = [
  // In-app browsers say the engine they are made of too: they come first.
  'Facebook=FB.+FBAV|FBAN,Instagram,TikTok=musical_ly|Bytedance,Snapchat,LinkedIn=LinkedInApp,WeChat=MicroMessenger,Line',
  'KAKAOTALK,Twitter,Pinterest=Pinterest[^\\d]*,GSA,Slack=Slack_SSB,Electron',
  'Opera Mini=Opera Mini|OPiOS,Opera=OP[RTX]\\b|Opera.+Version|Opera|Coast,Edge=Edg\\w*,Samsung Internet=SamsungBrowser',
  'Yandex=YaBrowser,Vivaldi,DuckDuckGo=DuckDuckGo|Ddg,UCBrowser,Huawei Browser=HuaweiBrowser,MIUI Browser=MiuiBrowser',
  'QQBrowser=M?QQBrowser,Silk,Whale,Brave,Waterfox,SeaMonkey,IE=MSIE|Trident.+rv.?,Firefox Focus=Focus|Klar',
  'Firefox=Firefox|FxiOS|Iceweasel,Chrome Headless=HeadlessChrome,Chrome WebView=; wv.+Chrome|Android.+Version.+Chrome,Chrome=Chrome|CriOS|CrMo',
  'Android Browser=Android.+Version,Mobile Safari=iP.+Version,Safari=Version,iOS WebView=iP.+?OS',
].flatMap(readRules);
const systems = [
  'Windows Phone=Windows Phone(?: OS)?,Xbox,Windows=Windows(?: NT)?,KAIOS,Tizen,webOS=[wW]eb[0O]S,HarmonyOS=(?:Open)?Harmony(?:OS)?,Android',
  'iOS=iP.+?OS|iPhone|CPU OS,Chromium OS=CrOS \\w+,macOS=Mac.+OS X|Mac,PlayStation,Nintendo,Ubuntu,Fedora,FreeBSD',
  'Linux=Linux|X11',
].flatMap(readRules);

/** Windows says the version of its kernel. */
const kernels: Record<string, string> = {
  '5.0': '2000',
  '5.1': 'XP',
  '5.2': 'XP',
  '6.0': 'Vista',
  '6.1': '7',
  '6.2': '8',
  '6.3': '8.1',
  '10.0': '10',
};

export const named = (name: string, version?: string): Named => (version ? { name, version } : { name });

function find(rules: Rule[], text: string): Named {
  for (const { name, pattern } of rules) {
    const match = pattern.exec(text);
    if (match) return named(name, match[1]?.replace(/_/g, '.'));
  }
  return named('unknown');
}

/** Browser, system and kind of device as the user-agent string tells them; newer Chromium says less than the truth there. */
export function parseUserAgent(
  userAgent: string,
  touchPoints = 0,
): Required<Pick<Context, 'browser' | 'os' | 'device'>> {
  // An iPad calls itself a Mac; no Mac has a touch screen, and browsers of other makers still name themselves by iOS.
  const text = userAgent
    .slice(0, limits.userAgent)
    .replace(touchPoints > 1 || /[a-z]iOS\//.test(userAgent) ? /Macintosh.+ OS X [\d_]+/ : '\0', 'iPad OS');
  // Cubot makes telephones, Botswana has a network, and addresses name robots too.
  const bot =
    /(?<![/\w-])([\w-]*(?:(?<!cu)bot(?!swana)|crawl|spider|slurp|externalhit|facebookcatalog|ia_archiver)\w*)(?:[/ ]([\d.]+))?/i.exec(
      text,
    );
  const os = find(systems, text);
  if (os.name === 'Windows' && os.version) os.version = kernels[os.version] ?? os.version;
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
