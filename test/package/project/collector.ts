import { limits, parseBatch, type Event } from 'pagefault/protocol';
import { createCollector } from 'pagefault/server';

const parsed = parseBatch('{}');
export const events: Event[] = parsed.ok ? parsed.events : [];
export const bytes: number = limits.maxBatchBytes;

const collector = await createCollector({ dataDir: 'data', port: 0, key: 'key-of-the-test' });
const { url } = await collector.listen();
export const endpoint: string = `${url}/in/${collector.key}`;
await collector.close();

// @ts-expect-error A folder is needed.
await createCollector({ port: 0 });
