// A collector in a process of its own, to be killed: node collector-process.ts <data folder> [port] [events that may wait]
import { createCollector } from '../../src/server/index.ts';

const collector = await createCollector({
  dataDir: process.argv[2] ?? '',
  port: Number(process.argv[3] ?? 0),
  key: 'testkey',
  token: 'test-token',
  maxBacklog: Number(process.argv[4] ?? 50_000),
  allowPrivateNetwork: true,
});
const { url } = await collector.listen();
process.stdout.write(`${url}\n`);
