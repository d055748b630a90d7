import { limits } from '../protocol/limits.ts';

export const maxBatchBytes = limits.maxBatchBytes;
