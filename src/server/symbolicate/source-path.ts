/** Machinery of bundlers that stands in maps like a source. */
const machinery =
  /^webpack\/(bootstrap|runtime|startup|before-startup|container)|^\(webpack\)|^(vite|rolldown|rollup)\/|commonjsHelpers|^\0|^virtual:|^\.?\/?runtime\/|preload-helper/;

const packages =
  /(^|\/)(node_modules|bower_components|jspm_packages)\/|^(core-js|regenerator-runtime|tslib)\b|(^|\/)(polyfills?)(\.[\w.-]+)?\.[mc]?[jt]s$/i;

/**
 * A source's path as its author writes it, the same for every bundler and release: `webpack://shop/./src/cart.ts?1a2b`
 * and `../../src/cart.ts` are `src/cart.ts`. Paths into packages begin at `node_modules/`.
 */
export function normalizeSourcePath(source: string | null, root = ''): string {
  if (!source) return '';
  let path = source
    .replaceAll('\\', '/')
    .replace(/[?#].*$/, '')
    .replaceAll('\0', '');
  path = withoutScheme(path);
  if (root && path.startsWith(root)) path = path.slice(root.length);
  const inPackage = path.lastIndexOf('node_modules/');
  if (inPackage > 0) path = path.slice(inPackage);
  return resolveDots(path).slice(0, 400);
}

/** `webpack://name/`, `turbopack:///[project]/`, `file:///`, `https://host/`. */
function withoutScheme(path: string): string {
  const scheme = /^([a-z][\w+.-]*):\/{0,2}/i.exec(path);
  if (!scheme || /^[a-z]:\//i.test(path)) return path.replace(/^[a-z]:\//i, '/');
  const rest = path.slice(scheme[0].length);
  if (scheme[1] === 'file') return rest.startsWith('/') ? rest : `/${rest}`;
  // After two slashes comes a host or a name space; `webpack:///./src` has an empty one.
  const isNamed = scheme[0].endsWith('//') && !rest.startsWith('/');
  return (isNamed ? rest.replace(/^[^/]*\//, '') : rest).replace(/^\/?\[[\w-]+\]\//, '');
}

function resolveDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/**
 * The folder of the project where sources are named by absolute paths of the machine that built them: those would
 * differ from machine to machine. With a trailing slash; empty when there is none.
 */
export function projectRoot(sources: (string | null)[]): string {
  const paths = sources
    .filter((source) => source !== null)
    .map((source) => withoutScheme(source.replaceAll('\\', '/')))
    .filter((path) => path.startsWith('/'));
  const inPackage = paths.find((path) => path.includes('/node_modules/'));
  if (inPackage) return inPackage.slice(0, inPackage.indexOf('/node_modules/') + 1);
  const own = paths.map((path) => path.split('/').slice(0, -1));
  const [first = [], ...others] = own;
  let shared = first.length;
  for (const folders of others) while (!folders.slice(0, shared).every((name, i) => name === first[i])) shared--;
  const root = first.slice(0, shared);
  // `src` says more to a reader than nothing.
  if (/^(src|app|lib|source)$/.test(root.at(-1) ?? '')) root.pop();
  return own.length > 0 ? `${root.join('/')}/`.replace(/^\/$/, '') : '';
}

/** The site's own code: neither a package nor the bundler's machinery. `path` is normalized. */
export function isOwnSource(source: string | null, path: string): boolean {
  return !packages.test(path) && !machinery.test(path) && !/^\0|\(webpack\)/.test(source ?? '');
}
