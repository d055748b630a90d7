import { HttpError } from './errors.ts';

export interface Answer {
  status: number;
  text: string;
}

const answers: Record<string, Answer> = {
  '/api/orders/1001': { status: 500, text: 'oops' },
  '/api/orders/2002': { status: 503, text: 'busy' },
  '/api/prices?currency=EUR': { status: 404, text: 'none' },
  '/api/prices?currency=USD': { status: 404, text: 'none' },
  '/api/basket': { status: 200, text: '{"lines": [' },
  '/api/basket?full=1': { status: 200, text: '<!doctype html><title>Gateway</title>' },
  '/api/me': { status: 200, text: '{"id": 7, "profile": null}' },
  '/api/me?fresh=1': { status: 200, text: '{"id": 8, "profile": null}' },
};

/** Stands for the network: answers after a while. */
export function send(path: string): Promise<Answer> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(answers[path] ?? { status: 200, text: 'null' }), 1);
  });
}

//=
export async function getText(path: string): Promise<string> {
  const answer = await send(path);
  if (answer.status >= 400) {
    throw new HttpError('GET', path, answer.status); //@ helper-http: getText
  }
  return answer.text;
}

//=
export async function getJson<T>(path: string): Promise<T> {
  //+ performance.mark('json');
  return JSON.parse(await getText(path)) as T;
}
