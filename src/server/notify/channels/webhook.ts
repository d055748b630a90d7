import { createHmac } from 'node:crypto';
import { json, type Channel } from './channel.ts';

/**
 * The notice as JSON, signed as Standard Webhooks says (https://www.standardwebhooks.com): `webhook-signature` is `v1,` and
 * the Base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`. The id is the same at every attempt.
 */
export const webhook: Channel = (notice, { url, secret = '' }, now) => {
  const request = json(url, notice);
  const seconds = Math.floor(now / 1_000);
  const signature = createHmac('sha256', keyOf(secret))
    .update(`${notice.id}.${seconds}.${request.body}`)
    .digest('base64');
  return {
    ...request,
    headers: {
      ...request.headers,
      'webhook-id': notice.id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
      'idempotency-key': notice.id,
    },
  };
};

/** Secrets of the standard begin with `whsec_` and are Base64; any other is taken as it stands. */
const keyOf = (secret: string) => (secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret);
