// Refuses whatever comes, at once, and does nothing else: what Node itself can do on these cores. Prints its address.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const headers = { 'content-type': 'application/json', 'retry-after': '5' };
const server = createServer((_request, response) => response.writeHead(429, headers).end('{}'));
server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
