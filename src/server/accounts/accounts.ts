import { createHmac } from 'node:crypto';
import type { Invitation, NewApiToken, NewUploadToken, Person, TokenScope } from '../../protocol/api.ts';
import type { RecordStore } from '../store/store.ts';
import { createSecret, hashPassword, hashSecret, isPassword, isSameSecret } from './secrets.ts';

const dayMs = 86_400_000;
const sessionMs = 30 * dayMs;
const signInTokenMs = dayMs;
const invitationMs = 7 * dayMs;

/** Who makes a request, and by what right. */
export interface SignedIn {
  person: Person;
  /** Undefined for API tokens: no browser sends those by itself, so there is nothing to forge. */
  csrfToken: string | undefined;
  /** Begun with a one-time token: whoever holds it may set a new password. */
  byToken: boolean;
  /** Id of the one project that it may upload to, and nothing else. */
  uploadTo?: string;
  /** May change nothing. */
  isReadOnly?: boolean;
}

export interface Accounts {
  /** A one-time token for the first administrator, valid for 24 hours or until used. */
  createSignInToken(): Promise<string>;
  /** Adds a person, who comes in by a one-time token within seven days and then sets a password. */
  invite(name: string, role: Person['role']): Promise<Invitation>;
  /** A new link for someone who cannot sign in; valid as long as an invitation. */
  createLinkFor(personId: string): Promise<string>;
  /** Beginning of the hash that a session is kept by. */
  sessionId(secret: string): string;
  /** The person a one-time token is for; it is used up. */
  takeSignInToken(token: string): Promise<Person | undefined>;
  checkPassword(email: string, password: string): Promise<Person | undefined>;
  /** Returns the secret for the cookie. */
  beginSession(person: Person, byToken: boolean, browser: string): Promise<string>;
  endSession(secret: string): Promise<void>;
  bySession(secret: string): Promise<SignedIn | undefined>;
  /** Makes a token that may upload to the project, and nothing else. */
  createUploadToken(projectId: string, name: string): Promise<NewUploadToken>;
  createToken(name: string, scope: TokenScope, projectId: string | null): Promise<NewApiToken>;
  byApiToken(token: string): Promise<SignedIn | undefined>;
  /** Ends all sessions of the person; false if the e-mail address is someone else's. */
  setSelf(person: Person, change: { name: string; email: string; password: string }): Promise<boolean>;
}

/** Compared against when the e-mail address is unknown, so that the time of the answer does not tell. */
const decoy = `scrypt$${2 ** 15}$8$1$AAAAAAAAAAAAAAAAAAAAAA$${'A'.repeat(43)}`;

const machine: Person = { id: 'api-token', email: '', name: 'API token', role: 'admin' };

const reader: Person = { id: 'read-token', email: '', name: 'Reading token', role: 'member' };

const uploader: Person = { id: 'upload-token', email: '', name: 'Upload token', role: 'member' };

export async function createAccounts(records: RecordStore, apiToken: string | undefined): Promise<Accounts> {
  const [first = await records.addPerson('Administrator', 'admin', Date.now())] = await records.people();

  return {
    async createSignInToken() {
      const token = createSecret();
      await records.addSignInToken(hashSecret(token), first.id, Date.now() + signInTokenMs);
      return token;
    },
    async invite(name, role) {
      const [person, token] = [await records.addPerson(name, role, Date.now()), createSecret()];
      await records.addSignInToken(hashSecret(token), person.id, Date.now() + invitationMs);
      return { person, token };
    },
    async createLinkFor(personId) {
      const token = createSecret();
      await records.addSignInToken(hashSecret(token), personId, Date.now() + invitationMs);
      return token;
    },
    sessionId: (secret) => hashSecret(secret).slice(0, 16),
    takeSignInToken: (token) => records.useSignInToken(hashSecret(token), Date.now()),
    async checkPassword(email, password) {
      const found = await records.passwordOf(email);
      const isRight = await isPassword(password, found?.password ?? decoy);
      return isRight && found?.password ? found.person : undefined;
    },
    async beginSession({ id }, byToken, browser) {
      const secret = createSecret();
      const now = Date.now();
      await records.addSession(hashSecret(secret), { personId: id, byToken, browser }, now, now + sessionMs);
      return secret;
    },
    endSession: (secret) => records.removeSession(hashSecret(secret)),
    async bySession(secret) {
      const session = await records.session(hashSecret(secret), Date.now());
      return session && { ...session, csrfToken: csrfToken(secret) };
    },
    async createUploadToken(projectId, name) {
      const token = createSecret();
      return { ...(await records.addUploadToken(hashSecret(token), projectId, name, Date.now())), token };
    },
    async createToken(name, scope, projectId) {
      const token = createSecret();
      return { ...(await records.addApiToken(hashSecret(token), { name, scope, projectId }, Date.now())), token };
    },
    async byApiToken(token) {
      const signedIn: SignedIn = { person: machine, csrfToken: undefined, byToken: false };
      if (apiToken !== undefined && isSameSecret(token, apiToken)) return signedIn;
      const known = await records.apiToken(hashSecret(token));
      if (!known) return undefined;
      if (known.projectId !== null) return { ...signedIn, person: uploader, uploadTo: known.projectId };
      return known.scope === 'all' ? signedIn : { ...signedIn, person: reader, isReadOnly: true };
    },
    async setSelf(person, { name, email, password }) {
      const isSet = await records.updatePerson(person.id, { name, email, password: await hashPassword(password) });
      if (isSet) await records.removeSessions(person.id);
      return isSet;
    },
  };
}

/** Follows from the session's secret, which no other site's page can read. */
const csrfToken = (secret: string) => createHmac('sha256', secret).update('csrf').digest('base64url');
