import { once } from 'node:events';
import { createServer as createHttpsServer, type Server } from 'node:https';
import { request as httpRequest, type RequestListener } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';

/** Key and certificate of nobody in particular, valid today: a browser has to be told to take it. */
export interface Identity {
  key: string;
  cert: string;
}

export async function createIdentity(): Promise<Identity> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048 });
  return { key, cert };
}

export interface Listening {
  url: string;
  close(): Promise<void>;
}

interface Closable {
  listen(port: number, host: string): unknown;
  address(): AddressInfo | string | null;
  close(done: () => void): unknown;
  on(event: 'connection', listener: (socket: Socket) => void): unknown;
}

/** Listens on a free port; `close` does not wait for those who are still connected. */
async function listen(server: Closable, host: string): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  const listening = once(server as unknown as Server, 'listening');
  server.listen(0, host);
  await listening;
  return {
    url: `https://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Pages over TLS on an address of their own: with another address, browsers take it for another site. */
export async function startSecureSite(identity: Identity, host: string, answer: RequestListener): Promise<Listening> {
  return listen(createHttpsServer(identity, answer), host);
}

const hopHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'http2-settings', 'host']);

function forward(target: string, incoming: Http2ServerRequest, outgoing: Http2ServerResponse): void {
  const headers = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':') && !hopHeaders.has(name));
  const { method } = incoming;
  const request = httpRequest(new URL(incoming.url, target), { method, headers: Object.fromEntries(headers) });
  // The stream of a browser that died ends like any other: what is less than it said must not reach the collector, which
  // would wait for the rest.
  const declared = Number(incoming.headers['content-length'] ?? 0);
  const pass = (body: Buffer) => void (body.length < declared ? request.destroy() : request.end(body));
  request.on('error', () => outgoing.stream?.close());
  request.on('response', (response) => {
    const kept = Object.entries(response.headers).filter(([name]) => !hopHeaders.has(name));
    outgoing.writeHead(response.statusCode ?? 502, Object.fromEntries(kept) as Record<string, string>);
    response.pipe(outgoing);
  });
  buffer(incoming).then(pass, () => request.destroy());
}

/** Passes bytes on in their order, each a while later. */
function delay(from: Socket, to: Socket, ms: number): void {
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), ms));
  from.on('end', () => setTimeout(() => to.end(), ms));
  from.on('error', () => to.destroy());
}

/**
 * A collector as far away as in life: TLS and HTTP/2 before it, and each byte under way for half of `roundTripMs`. What
 * a browser has handed to the network still travels when the browser is gone.
 */
export async function startFar(
  identity: Identity,
  host: string,
  target: () => string,
  roundTripMs = 120,
): Promise<Listening> {
  const tls = createSecureServer({ ...identity, allowHTTP1: true }, (request, response) =>
    forward(target(), request, response),
  );
  tls.on('sessionError', () => undefined);
  const near = await listen(tls as unknown as Closable, '127.0.0.1');
  const wire = createServer({ allowHalfOpen: true }, (socket) => {
    const onward = connect({ port: Number(new URL(near.url).port), host: '127.0.0.1', allowHalfOpen: true });
    delay(socket, onward, roundTripMs / 2);
    delay(onward, socket, roundTripMs / 2);
  });
  const far = await listen(wire as unknown as Closable, host);
  return {
    url: far.url,
    async close() {
      await far.close();
      await near.close();
    },
  };
}
