export interface Started {
  version: string;
  /** Where people and pages reach the collector, without a slash at its end. */
  url: string;
  endpoint: string;
  dataDir: string;
  /** One-time tokens; each signs one browser in. */
  viewerToken: string;
  demoToken?: string;
}

/** What a person reads once the collector is up. */
export function startText({ version, url, endpoint, dataDir, viewerToken, demoToken }: Started): string {
  const demo = demoToken === undefined ? '' : `\n  Demo      ${url}/sign-in?next=/demo/#${demoToken}`;
  return `
  Pagefault ${version} is up. Ctrl-C stops it.

  Viewer    ${url}/sign-in#${viewerToken}${demo}
            (each link signs one browser in, once; after that: ${url}/)
  Endpoint  ${endpoint}
  Data      ${dataDir}

  Put this into the <head> of your pages, before other scripts:

    <script src="${url}/pagefault.js" data-endpoint="${endpoint}"></script>

`;
}
