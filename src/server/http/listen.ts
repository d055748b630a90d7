import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { messageOf } from '../lib/message-of.ts';

/** Beyond it the system drops who connects, to try again after a second; of Node's 511 a burst of pages makes more in 0.1 s. */
const waitingConnections = 4_096;

/** Listens, and answers with the address that a person on this machine can open. Throws one clear line. */
export async function listenOn(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port, backlog: waitingConnections });
  } catch (error) {
    throw new Error(whyNot(error, host, port), { cause: error });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const scheme = 'getTicketKeys' in app.server ? 'https' : 'http';
  return `${scheme}://${isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${taken}`;
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} is taken by another program`;
  if (code === 'EACCES') return `port ${port} is not allowed for this user`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine`;
  return `Cannot listen on ${host}:${port}: ${messageOf(error)}`;
}
