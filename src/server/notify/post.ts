import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { NoticeRequest } from './channels/channel.ts';

export interface PostOptions {
  /** Lets requests go to addresses that only this machine or its network can reach; default no. */
  allowPrivateNetwork: boolean;
  /** How long the whole exchange may take; default 10 s. */
  timeoutMs?: number;
}

export interface Answer {
  status: number;
  /** Its beginning. */
  text: string;
  /** What `Retry-After` asked for, ms. */
  retryAfterMs: number | undefined;
}

const maxAnswer = 2_000;

/**
 * Posts to an address that a person has set. Follows no redirect, and refuses addresses inside the network: whoever may
 * set a webhook must not reach with our hands what they cannot reach with their own. Rejects when no answer came.
 */
export function post(
  { url, headers, body }: NoticeRequest,
  { allowPrivateNetwork, timeoutMs = 10_000 }: PostOptions,
): Promise<Answer> {
  const target = new URL(url);
  const literal = target.hostname.replaceAll(/^\[|\]$/g, '');
  if (!allowPrivateNetwork && ipaddr.isValid(literal) && !isPublic(literal)) return Promise.reject(refusal(literal));
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Pagefault' },
        signal: AbortSignal.timeout(timeoutMs),
        ...(!allowPrivateNetwork && { lookup: lookupPublic }),
      },
      (response) => {
        let text = '';
        const done = () =>
          resolve({
            status: response.statusCode ?? 0,
            text: text.slice(0, maxAnswer),
            retryAfterMs: readRetryAfter(response.headers['retry-after']),
          });
        response.setEncoding('utf8');
        response.on('error', reject);
        response.on('end', done);
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length < maxAnswer) return;
          // The rest may have no end.
          done();
          response.destroy();
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const isPublic = (address: string) => ipaddr.process(address).range() === 'unicast';
const refusal = (address: string) =>
  new Error(`${address} is not an address of the public network; see --allow-private-network`);

/** Looks at what the name leads to in the same moment as the connection is made: no second look-up can differ. */
const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const bad =
      error ??
      addresses
        .map(({ address }) => address)
        .filter((each) => !isPublic(each))
        .map(refusal)[0];
    const [first] = addresses ?? [];
    if (bad || !first) done(bad ?? new Error(`${host} has no address`), '', 0);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function readRetryAfter(value: string | undefined): number | undefined {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
