import { compareUses } from './guest/compare.ts';
import { xhrUses } from './guest/xhr.ts';

compareUses('XMLHttpRequest', xhrUses, { rudeAtLeast: 3 });
