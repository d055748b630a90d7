import { init } from './worker.ts';

// For `importScripts`: a worker has no tag whose attributes could be read.
Object.assign(globalThis, { pagefault: { init } });
