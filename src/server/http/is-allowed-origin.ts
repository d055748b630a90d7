/** Whether a page may send: `https://shop.example` exactly, or any host below one by `https://*.shop.example`. */
export function isAllowedOrigin(allowed: string[], origin: string | undefined, referer: string | undefined): boolean {
  if (allowed.length === 0) return true;
  const from = origin ?? (referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined);
  if (from === undefined) return false;
  return allowed.some((one) => {
    const [scheme, host = ''] = one.toLowerCase().split('://*.');
    return host === '' ? one.toLowerCase() === from : from.startsWith(`${scheme}://`) && from.endsWith(`.${host}`);
  });
}
