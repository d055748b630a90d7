import { createCollector } from '../server/index.ts';

export async function main(): Promise<void> {
  const { PAGEFAULT_PORT = '7377', PAGEFAULT_HOST = '127.0.0.1', PAGEFAULT_DATA = './pagefault-data' } = process.env;
  const { PAGEFAULT_KEY: key, PAGEFAULT_TOKEN: token } = process.env;
  const collector = await createCollector({
    port: Number(PAGEFAULT_PORT),
    host: PAGEFAULT_HOST,
    dataDir: PAGEFAULT_DATA,
    demo: process.argv.includes('--demo'),
    ...(key !== undefined && { key }),
    ...(token !== undefined && { token }),
  });
  const { url } = await collector.listen();
  process.stdout.write(`${url}/sign-in#${await collector.createSignInToken()}\n${url}/in/${collector.key}\n`);
  process.once('SIGTERM', () => void collector.close());
  process.once('SIGINT', () => void collector.close());
}
