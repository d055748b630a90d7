import { AppError } from '../shared/errors.ts';
import { getJson, send } from '../shared/http.ts';
import { choose } from '../shared/data.ts';
import { charge, reserve, token } from './gateway.ts';

class CheckoutError extends AppError {
  step: string;
  constructor(step: string, cause: unknown) {
    super('checkout', `Step ${step} failed`, { cause });
    this.step = step;
  }
}

interface Address {
  street: string;
  geo: { lat: number };
}

async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new CheckoutError(name, error); //@ checkout-step-wrap: step
  }
}

//=
export async function pay(v: number): Promise<string> {
  const amount = v === 0 ? 12.5 : 99;
  return charge(amount, v === 0 ? '4242' : '1881');
}

//=
export async function payWrapped(v: number): Promise<void> {
  //+ console.debug('pay', v);
  await step('pay', async () => {
    await pay(v);
  });
}

//=
export async function reserveWrapped(v: number): Promise<void> {
  await step('reserve', () => reserve(v === 0 ? 'Blue mug' : 'Old map', v + 1));
}

//=
export async function readLat(v: number): Promise<number> {
  const address = choose<Address>(v, '{"street": "Main"}', '{"street": "Side", "geo": null}');
  await send('/api/address');
  const lat = address.geo.lat; //@ checkout-lat-after-await: readLat
  return Math.round(lat);
}

//=
export async function loadProfile(v: number): Promise<string> {
  const me = await getJson<{ profile: { nick: string } }>(v === 0 ? '/api/me' : '/api/me?fresh=1');
  const nick = me.profile.nick; //@ checkout-profile-nick: loadProfile
  return nick.trim();
}

//=
export async function prepare(v: number): Promise<void> {
  await Promise.all([
    send('/api/a'),
    send('/api/b').then((answer) => {
      const parts = choose<{ list: string[] }>(v, '{}', '{"list": 5}');
      return parts.list.concat(answer.text).map((part) => part.trim()); //@ checkout-all-member: prepare
    }),
  ]);
}

//=
export async function session(v: number): Promise<string> {
  const current = choose<{ user: { id: string } } | null>(v, 'null', '{"user": null}');
  return token(current);
}

//=
export async function sessionTwice(v: number): Promise<string[]> {
  const current = choose<{ user: { id: string } } | null>(v, 'null', '{"user": null}');
  const first = await token(current);
  return [first];
}

//=
export async function cleanUp(v: number): Promise<void> {
  const locks = choose<{ held: { release(): void } }>(v, '{}', '{"held": {}}');
  try {
    await send('/api/unlock');
  } finally {
    locks.held.release(); //@ checkout-finally-release: cleanUp
  }
}

//=
export function refuse(v: number): Promise<void> {
  return Promise.reject(`no card for customer ${v === 0 ? 4711 : 99021}`);
}

//=
export function refuseObject(v: number): Promise<void> {
  return Promise.reject({ code: 'E_TERMS', attempt: v });
}

//=
export async function anyGateway(v: number): Promise<string> {
  const attempt = async (name: string): Promise<string> => {
    await send(`/api/gateway/${name}`);
    throw new AppError('gateway', `Gateway ${name} is down`); //@ checkout-any-gateway: attempt
  };
  return Promise.any([attempt(v === 0 ? 'north' : 'east'), attempt('south')]);
}

//=
export async function readBasket(v: number): Promise<unknown> {
  const answer = await send(v === 0 ? '/api/basket' : '/api/basket?full=1');
  const basket = JSON.parse(answer.text) as { lines: unknown[] }; //@ checkout-basket-json: readBasket
  return basket.lines;
}

//=
export async function submit(v: number): Promise<void> {
  try {
    await readForm(v);
  } catch (error) {
    (error as Error).message = `While submitting: ${(error as Error).message}`;
    throw error;
  }
}

async function readForm(v: number): Promise<string> {
  const form = choose<{ email: string }>(v, '{"email": null}', '{}');
  return form.email.toLowerCase(); //@ checkout-form-email: readForm
}
