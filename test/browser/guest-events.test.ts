import { compareUses } from './guest/compare.ts';
import { eventUses } from './guest/page.ts';

compareUses('events', eventUses);
