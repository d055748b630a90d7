import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { messageOf } from './message-of.ts';

const zip = promisify(gzip);

/** A map, or a script whose map brings no sources. */
export interface UploadFile {
  /** As the page loads it, from the folder that is published. */
  name: string;
  /** Of a map: its script. */
  script?: string;
  debugId?: string;
  text: string;
}

export interface UploadTarget {
  /** Of the collector; also its endpoint for pages, from which the write key is taken off. */
  url: string;
  token: string;
  release?: string | undefined;
}

export interface Uploaded {
  /** Maps that the collector has now. */
  count: number;
  /** Of these, maps whose content it had before. */
  known: number;
  /** Bytes that travelled. */
  bytes: number;
  failed: { name: string; reason: string }[];
}

const atOnce = 4;
const attempts = 3;

/** Uploads what the collector does not have yet. Rejects when it cannot be reached or refuses the token. */
export async function uploadFiles(
  target: UploadTarget,
  files: UploadFile[],
  onProgress: (done: number, all: number) => void = () => undefined,
): Promise<Uploaded> {
  const missing = await askMissing(target, files);
  // Scripts go first: a map without sources takes its functions' names from its script.
  const wanted = files.filter((file) => missing.has(hashOf(file))).sort((a, b) => Number(isMap(a)) - Number(isMap(b)));
  const known = files.filter((file) => isMap(file) && !missing.has(hashOf(file))).length;
  const result: Uploaded = { count: known, known, bytes: 0, failed: [] };
  let done = files.length - wanted.length;
  let next = 0;
  const work = async () => {
    for (let file = wanted[next++]; file; file = wanted[next++]) {
      const answer = await uploadFile(target, file);
      result.bytes += answer.bytes;
      if (answer.refusal !== undefined) result.failed.push({ name: file.name, reason: answer.refusal });
      else if (isMap(file)) result.count++;
      onProgress(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted.length) }, work));
  return result;
}

/** The other files are scripts whose maps bring no sources. */
export const isMap = ({ script }: UploadFile): boolean => script !== undefined;

const hashOf = ({ text }: UploadFile) => createHash('sha256').update(text).digest('hex');

async function askMissing(target: UploadTarget, files: UploadFile[]): Promise<Set<string>> {
  const missing = new Set<string>();
  for (let from = 0; from < files.length; from += 1_000) {
    const named = files
      .slice(from, from + 1_000)
      // The id of a file that does not say it itself would be lost.
      .map((file) => ({ name: file.name, hash: hashOf(file), ...(file.script && { script: file.script }) }));
    const body = JSON.stringify({ files: named, ...(target.release && { release: target.release }) });
    const answer = await request(target, 'artifacts/known', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    const { missing: hashes } = (await answer.json()) as { missing: string[] };
    for (const hash of hashes) missing.add(hash);
  }
  return missing;
}

async function uploadFile(target: UploadTarget, file: UploadFile): Promise<{ bytes: number; refusal?: string }> {
  const query = new URLSearchParams({ name: file.name });
  if (target.release) query.set('release', target.release);
  if (file.script) query.set('script', file.script);
  if (file.debugId) query.set('debugId', file.debugId);
  const body = new Uint8Array(await zip(file.text));
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' };
  try {
    await request(target, `artifacts?${query}`, { method: 'PUT', body, headers });
    return { bytes: body.length };
  } catch (error) {
    // One broken or too large file is no reason to keep the others back.
    if (error instanceof Refusal && [400, 413, 415, 422].includes(error.status))
      return { bytes: body.length, refusal: error.message };
    throw error;
  }
}

/** The collector's own words for why not. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Tries again what may pass: a network that fails, a collector that starts or is busy. */
async function request(target: UploadTarget, path: string, init: RequestInit): Promise<Response> {
  const url = `${collectorUrl(target.url)}/api/projects/_/${path}`;
  for (let attempt = 1; ; attempt++) {
    const answer = await ask(url, target.token, init).catch((error: unknown) => error as Error);
    if (!(answer instanceof Error)) return answer;
    const mayPass = !(answer instanceof Refusal) || answer.status === 429 || answer.status >= 500;
    if (!mayPass || attempt === attempts) throw answer;
    await setTimeout(300 * 4 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

async function ask(url: string, token: string, init: RequestInit): Promise<Response> {
  const headers = { ...init.headers, authorization: `Bearer ${token}` };
  const answer = await fetch(url, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(120_000) }).catch(
    (error: unknown) => {
      throw new Error(`${new URL(url).origin} cannot be reached: ${reasonOf(error)}`, { cause: error });
    },
  );
  if (answer.ok) return answer;
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
  throw new Refusal(
    answer.status,
    answer.status === 401 ? 'the collector does not know this token' : (message ?? `status ${answer.status}`),
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause as { code?: string; message?: string } | undefined) : undefined;
  return cause?.code ?? cause?.message ?? messageOf(error);
}

/** `https://host/in/KEY` is what pages are given: people paste that. */
export function collectorUrl(url: string): string {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) throw new Error(`"${url}" is no URL of a collector`);
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/in\/[^/]+\/?$/, '').replace(/\/+$/, '');
}
