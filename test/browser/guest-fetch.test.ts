import { compareUses } from './guest/compare.ts';
import { fetchUses } from './guest/fetch.ts';

compareUses('fetch', fetchUses, { rudeAtLeast: 10 });
