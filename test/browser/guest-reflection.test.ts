import { compareUses } from './guest/compare.ts';
import { reflectionUses } from './guest/reflection.ts';

compareUses('reflection', reflectionUses, { rudeAtLeast: 10 });
