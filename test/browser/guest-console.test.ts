import { compareUses } from './guest/compare.ts';
import { consoleUses } from './guest/page.ts';

compareUses('console', consoleUses, { rudeAtLeast: 5 });
