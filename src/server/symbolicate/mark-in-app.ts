import type { ShownFrame } from '../../protocol/api.ts';
import type { Event, Frame } from '../../protocol/event.ts';
import { remember } from '../lib/remember.ts';

/** Schemes of scripts that no site serves: the engine's own and those of extensions. */
const foreignScheme =
  /^(?:chrome|moz|safari|safari-web|ms-browser|edge)-extension:|^(?:chrome|resource|about|native|internal|javascript|webkit-masked-url|user-script):/i;
const packagePath = /[/\\](?:node_modules|bower_components|~)[/\\]|(?:^|\/)webpack\/(?:bootstrap|runtime)/i;
const packageFile =
  /(?:^|[/.-])(?:vendors?|polyfills?)(?:[~.-][^/]*)?\.m?js$|(?:^|\/)(?:jquery|react-dom|angular|vue|zone)(?:[.-][^/]*)?\.m?js$/i;
/** Hosts that only ever serve other people's code. */
const packageHost =
  /^https?:\/\/(?:[^/]*\.)?(?:unpkg\.com|jsdelivr\.net|cdnjs\.cloudflare\.com|esm\.sh|skypack\.dev|ajax\.googleapis\.com|code\.jquery\.com|googletagmanager\.com|google-analytics\.com|doubleclick\.net|connect\.facebook\.net|js\.stripe\.com|hotjar\.com)\//i;
const ownScript = /\/(?:pagefault|snippet)\.js$/;

/** Whether a frame is the site's own code rather than a package, an extension or the engine. */
export const isInApp = ({ filename }: Frame): boolean => Boolean(filename) && isOwnFile(filename ?? '');

const isOwnFile = remember((filename) => {
  if (filename.startsWith('<') || filename.startsWith('[') || foreignScheme.test(filename)) return false;
  const path = filename.replace(/[?#].*$/s, '');
  return !(packagePath.test(path) || packageFile.test(path) || packageHost.test(path) || ownScript.test(path));
});

/** Each exception's frames as the viewer shows them. Source maps will be applied here, before the marks are set. */
export function markInApp(event: Event): ShownFrame[][] {
  return event.exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: isInApp(frame) })));
}
