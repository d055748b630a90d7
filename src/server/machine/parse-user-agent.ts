import type { Context, Named } from '../../protocol/event.ts';
import { limits } from '../../protocol/limits.ts';

interface Rule {
  name: string;
  pattern: RegExp;
}

const readRules = (line: string): Rule[] =>
  line.split(',').map((rule) => {
    const [name = '', ...parts] = rule.split('=');
    const pattern = parts.join('=') || name;
    return { name, pattern: RegExp(`\\b(?:${pattern})[/ _-]*(\\d[\\d._]*)?`) };
  });

// The first that matches names it: `Name=pattern`, or a pattern that is its own name. A version follows the match.
const browsers = [
  // In-app browsers say the engine they are made of too: they come first.
  'Facebook=FB.+FBAV|FBAN|MetaIAB Facebook,Instagram,Threads=Barcelona,TikTok=(?:musical_ly|trill).+app_version|musical_ly|TikTok|Bytedance,Snapchat=(?:Safari.[\\d.]+)?Snapchat,LinkedIn=LinkedInApp,WeChat=MicroMessenger,Line',
  'KAKAOTALK,Twitter,Pinterest=Pinterest[^\\d]*,GSA=GSA|GoogleApp,Slack=Slack_SSB,Electron',
  'Opera Mini=Opera ?Mini(?:/att)?|OPiOS,Opera=OP[RTX]\\b|Opera.+ Version(?=/)|Opera Mobi.+ Opera|Opera|Coast,Edge=Edg\\w*(?=/)',
  // Before it had a name of its own, Samsung's browser counted from 1 where a view of Android says 4.
  'Samsung Internet=SamsungBrowser|Version(?=/[1-3]\\..+Chrome)|Tizen.+(?:Version|Browser)',
  'Yandex=YaBrowser,Vivaldi,DuckDuckGo=DuckDuckGo|Ddg,UCBrowser,Huawei Browser=HuaweiBrowser,MIUI Browser=MiuiBrowser',
  'QQBrowser=M?QQBrowser,Silk,Whale,Brave,Waterfox,SeaMonkey,IE=MSIE|Trident.+rv.?,Firefox Focus=Focus|Klar',
  'Firefox=Firefox|FxiOS|Iceweasel|BonEcho|GranParadiso|Minefield|Shiretoko|Namoroka|Lorentz|Fennec,Chrome Headless=HeadlessChrome',
  'Chrome WebView=; wv.+Chrome|Android.+Version/.+Chrome,Chrome=Chrome(?=/)|CriOS|CrMo',
  'Android Browser=Android.+Version,Mobile Safari=iP.+Version,Safari=Version,iOS WebView=iP.+?OS',
].flatMap(readRules);
const systems = [
  'Windows Phone=Windows Phone(?: OS)?,Xbox,Windows=Windows(?: NT)?,KaiOS=K[Aa][Ii]OS,Tizen,webOS=[wW]eb[0O]S,HarmonyOS=HarmonyOS|OpenHarmony,Android=Android|FB4A',
  'iOS=iP.+?OS|iPhone|CPU OS,Chromium OS=CrOS \\w+,macOS=Mac.+OS X|Mac,PlayStation,Nintendo,Ubuntu,Fedora,FreeBSD',
  'Linux=Linux|X11',
].flatMap(readRules);

/** What only crawlers say, each with the name if it tells it; addresses name robots too. In this order. */
const crawlers = [
  // A word in the name, with what belongs to the name.
  /(?<![/\w.-])((?!(?:ro)?bot\b|(?:web ?)?crawler\b|spider\b)[\w.-]*(?:(?<!cu)bot(?![a-z])|crawl|spider|slurp|scraper|external(?:hit|agent|fetcher|ads|ua)|catalog|ia_archiver)[\w-]*)(?:[/ ]v?([\d.]+))?/i,
  /\b([A-Z]\w+-Google|Google-\w[\w-]*|GoogleOther[\w-]*|Google Web Preview|GoogleAdSenseInfeed|Chrome-Lighthouse|BingPreview|PTST|GTmetrix|PingdomTMS|\w+(?:Uri|Microsoft)Preview|\w+EmailProxy|\w+-User)\b(?:\/([\d.]+))?/,
  // Browsers that are compatible say so at their beginning, and that they are MSIE or Konqueror.
  /(?:[Mm]ozilla\/5.0 \(|Gecko\)?; ?|Safari\/[\d.]+ \()compatible; (?!MSIE|Konqueror|U\b|Win|X11|Linux|http)([\w.-]+(?: (?!http)[\w.-]+){0,2})(?:\/v?([\d.]+))?/,
  // No browser begins like these.
  /^(?=.*(?:\+https?:|\bbot\b|crawler|spider|robot))((?!Mozilla|Opera)[a-z][\w.-]*(?: [\w.-]+){0,3})(?:\/v?([\d.]+))?/i,
  /^(WhatsApp|Yeti|AhrefsSiteAudit|Google\w*$|anthropic-ai|cohere-ai)(?:\/([\d.]+))?/i,
  /\b(?!compatible|MSIE|[\d.]+\b)([\w.-]{2,})(?:[/ ]v?([\d.]+))?[;,]? *\(?\+https?:/,
  // Without a name, its maker's.
  /\+https?:\/\/(?:www\.)?([\w.-]+)/,
  /\b(bot|crawler|spider|robot)\b/i,
];
/** A telephone may be called a bot or a spider: what stands where Android says its model is no name of a crawler. */
const phone = /(\bAndroid [\d.]+)(?![^)]*(?:compatible|http|-Google))[^)]*/;

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
  const bot = crawlers.map((pattern) => pattern.exec(text.replace(phone, '$1'))).find(Boolean);
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
          : /iPad|Tablet|^(?!.*Mobi).*Android/.test(text)
            ? 'tablet'
            : /Mobi|iP/.test(text)
              ? 'mobile'
              : os.name === 'unknown'
                ? os.name
                : 'desktop',
    },
  };
}
