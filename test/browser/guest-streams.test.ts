import { compareUses } from './guest/compare.ts';
import { streamUses } from './guest/streams.ts';

compareUses('Request, streams and signals', streamUses);
