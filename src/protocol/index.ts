export * from './api.ts';
export * from './batch.ts';
export * from './event.ts';
export * from './limits.ts';
export * from './log-api.ts';
export * from './log-record.ts';
export * from './notices.ts';
export * from './parse-batch.ts';
