export interface PluginOptions {
  /** Where the collector is: `https://errors.example.com`. Default: `PAGEFAULT_URL`; without it nothing is uploaded. */
  url?: string;
  /** A token that may upload. Default: `PAGEFAULT_TOKEN`. */
  token?: string;
  /** The release that the reporter names too. Default: `PAGEFAULT_RELEASE`, or none: debug ids need no release. */
  release?: string;
  /**
   * Whether maps stay beside the scripts that are published. Default: they do if the build was told to make maps, and do
   * not if the plugin had to ask for them.
   */
  keepMaps?: boolean;
  /** Default true; false gives debug ids only. */
  upload?: boolean;
  /** Fails the build when maps cannot be uploaded; default false: a collector that is down is no reason not to ship. */
  strict?: boolean;
  /** Says nothing but warnings; default false. */
  quiet?: boolean;
}

export interface ResolvedOptions {
  url: string | undefined;
  token: string | undefined;
  release: string | undefined;
  keepMaps: boolean | undefined;
  upload: boolean;
  strict: boolean;
  quiet: boolean;
}

/** Options win over the environment; an empty variable is none. */
export function resolveOptions(options: PluginOptions, environment: NodeJS.ProcessEnv = process.env): ResolvedOptions {
  return {
    url: options.url ?? (environment['PAGEFAULT_URL'] || undefined),
    token: options.token ?? (environment['PAGEFAULT_TOKEN'] || undefined),
    release: options.release ?? (environment['PAGEFAULT_RELEASE'] || undefined),
    keepMaps: options.keepMaps,
    upload: options.upload ?? true,
    strict: options.strict ?? false,
    quiet: options.quiet ?? false,
  };
}
