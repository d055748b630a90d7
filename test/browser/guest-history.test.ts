import { compareUses } from './guest/compare.ts';
import { historyUses } from './guest/page.ts';

compareUses('history', historyUses);
