import { buildShop, removeBuilt } from './bundlers.ts';

// Builds the shop by a bundler as it comes, for a test to see what it prints.
const [name = '', url = '', token = ''] = process.argv.slice(2);
await removeBuilt(await buildShop(name, { url, token }));
