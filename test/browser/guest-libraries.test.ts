import { compareUses } from './guest/compare.ts';
import { libraryUses } from './guest/libraries.ts';

compareUses('axios and ky', libraryUses, { libraries: true });
