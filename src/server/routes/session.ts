import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { Person, Session } from '../../protocol/api.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { createThrottle, networkOf } from '../accounts/throttle.ts';
import { named } from '../group/values.ts';
import { HttpError } from '../http/errors.ts';
import { apiError, self, session, signIn } from '../http/schemas.ts';
import { clearSessionCookie, refuseOtherSites, sessionSecret, setSessionCookie } from '../http/sign-in.ts';
import { createTurns } from '../http/turns.ts';
import { parseUserAgent } from '../machine/parse-user-agent.ts';
import type { Projects } from '../projects.ts';

const wrong = () => new HttpError(401, 'wrong-credentials', 'These credentials are wrong, used up or too old.');

/** Signing in and out, and who one is. */
export async function sessionRoutes(
  app: FastifyInstance,
  { accounts, projects }: { accounts: Accounts; projects: Projects },
) {
  const throttle = createThrottle();
  // Each guess takes 32 MiB: many at the same time would take the machine.
  const inTurn = createTurns(2);

  /** A new session at each sign-in: one that someone planted before is worth nothing after. */
  async function begin(
    request: FastifyRequest,
    reply: FastifyReply,
    person: Person,
    byToken: boolean,
  ): Promise<Session> {
    const old = sessionSecret(request);
    if (old !== undefined) await accounts.endSession(old);
    const secret = await accounts.beginSession(person, byToken, browserOf(request));
    setSessionCookie(request, reply, secret);
    const csrfToken = (await accounts.bySession(secret))?.csrfToken ?? '';
    return { person, csrfToken, projects: await projects.list() };
  }

  /** Both the address that asks and the account that is asked for may fail only so often. */
  async function throttled<T>(names: string[], check: () => Promise<T | undefined>): Promise<T> {
    const now = performance.now();
    const waitSeconds = Math.max(...names.map((name) => throttle.waitSeconds(name, now)));
    if (waitSeconds > 0)
      throw new HttpError(429, 'too-many-tries', 'Too many failed tries. Wait a little.', waitSeconds);
    // Counted as failed until it is known better, so that tries at the same time count too.
    for (const name of names) throttle.failed(name, now);
    const result = await inTurn(check);
    if (result === undefined) {
      for (const name of names) throttle.answered(name, performance.now());
      throw wrong();
    }
    for (const name of names) throttle.succeeded(name);
    return result;
  }

  const checkSignIn = ({ body, ip }: FastifyRequest<{ Body: Static<typeof signIn> }>): Promise<Person> => {
    const { token, email, password } = body;
    if (token !== undefined) return throttled([`ip:${networkOf(ip)}`], () => accounts.takeSignInToken(token));
    if (email === undefined || password === undefined)
      throw new HttpError(400, 'invalid', 'Send token, or email and password.');
    return throttled([`ip:${networkOf(ip)}`, `email:${email.toLowerCase()}`], () =>
      accounts.checkPassword(email, password),
    );
  };

  app.post<{ Body: Static<typeof signIn> }>(
    '/api/session',
    {
      config: { isPublic: true },
      schema: { summary: 'Sign in', security: [], body: signIn, response: { 200: session, '4xx': apiError } },
    },
    async (request, reply) => {
      refuseOtherSites(request);
      const person = await checkSignIn(request);
      return begin(request, reply, person, request.body.token !== undefined);
    },
  );

  app.get(
    '/api/session',
    { schema: { summary: 'Who is signed in', response: { 200: session, '4xx': apiError } } },
    async ({ signedIn }): Promise<Session> => ({
      person: signedIn.person,
      csrfToken: signedIn.csrfToken ?? '',
      projects: await projects.list(),
    }),
  );

  app.delete(
    '/api/session',
    { schema: { summary: 'Sign out', response: { '4xx': apiError } } },
    async (request, reply) => {
      const secret = sessionSecret(request);
      if (secret !== undefined) await accounts.endSession(secret);
      clearSessionCookie(request, reply);
      return reply.code(204).send();
    },
  );

  app.post<{ Body: Static<typeof self> }>(
    '/api/people/me',
    {
      schema: {
        summary: 'Set my name, e-mail address and password',
        description: 'Ends all my other sessions. Needs `currentPassword` unless I signed in by a one-time link.',
        body: self,
        response: { 200: session, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { signedIn, body, ip } = request;
      if (signedIn.csrfToken === undefined) throw new HttpError(403, 'no-person', 'An API token is no person.');
      if (!signedIn.byToken) {
        const { email } = signedIn.person;
        await throttled([`ip:${networkOf(ip)}`, `email:${email.toLowerCase()}`], () =>
          accounts.checkPassword(email, body.currentPassword ?? ''),
        );
      }
      if (!(await accounts.setSelf(signedIn.person, body))) {
        throw new HttpError(409, 'email-taken', 'Someone else has this e-mail address.');
      }
      return begin(request, reply, { ...signedIn.person, name: body.name, email: body.email }, false);
    },
  );
}

/** So that a person can tell where they are signed in. */
function browserOf({ headers }: FastifyRequest): string {
  const { browser, os } = parseUserAgent(headers['user-agent'] ?? '');
  return [named(browser), named(os)]
    .map((name) => name.replace(/(\.0)+$/, ''))
    .filter(Boolean)
    .join(' on ');
}
