import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts, SignedIn } from '../accounts/accounts.ts';
import { isSameSecret } from '../accounts/secrets.ts';
import { HttpError } from './errors.ts';

/** `__Host-` binds the cookie to this host and to TLS; without TLS browsers would refuse that name. */
const cookieName = (request: FastifyRequest) => (request.protocol === 'https' ? '__Host-pagefault' : 'pagefault');

const cookieOptions = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }) as const;

const cookieSeconds = 30 * 86_400;

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  void reply.setCookie(cookieName(request), secret, { ...cookieOptions(request), maxAge: cookieSeconds });
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(cookieName(request), cookieOptions(request));
}

export const sessionSecret = (request: FastifyRequest): string | undefined => request.cookies[cookieName(request)];

/** For a token that may upload and asks for something else. */
export const onlyUploads = () => new HttpError(403, 'not-allowed', 'This token may only upload.');

/** Throws 403, with this sentence, to whoever is no administrator. */
export function requireAdmin({ signedIn }: FastifyRequest, message: string): void {
  if (signedIn.person.role !== 'admin') throw new HttpError(403, 'not-allowed', message);
}

/** A hook of routes that everybody may read and only administrators change. */
export const onlyAdminsChange = (message: string) => async (request: FastifyRequest) => {
  if (request.method !== 'GET') requireAdmin(request, message);
};

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** Who makes the request. Throws 401 for nobody, 403 for a request that another site's page may have caused. */
export async function requireSignIn(accounts: Accounts, request: FastifyRequest): Promise<SignedIn> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const secret = sessionSecret(request);
  const signedIn =
    bearer !== undefined ? await accounts.byApiToken(bearer) : secret && (await accounts.bySession(secret));
  if (!signedIn && bearer !== undefined) throw new HttpError(401, 'not-signed-in', 'There is no such token.');
  if (!signedIn) throw new HttpError(401, 'not-signed-in', 'Sign in first, or send Authorization: Bearer <token>.');
  if (!isSafe(request.method) && signedIn.csrfToken !== undefined) {
    refuseOtherSites(request);
    const given = request.headers['x-csrf-token'];
    if (typeof given !== 'string' || !isSameSecret(given, signedIn.csrfToken)) {
      throw new HttpError(403, 'csrf', 'The X-CSRF-Token header is missing or wrong.');
    }
  }
  if (signedIn.isReadOnly && !isSafe(request.method)) {
    throw new HttpError(403, 'not-allowed', 'This token may only read.');
  }
  return signedIn;
}

/** Browsers say where a request comes from; programs that say nothing have no cookies to abuse. */
export function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return;
  const { origin, host } = request.headers;
  const isOurs =
    site === undefined && (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host));
  if (!isOurs) throw new HttpError(403, 'other-site', 'This request came from a page of another site.');
}
