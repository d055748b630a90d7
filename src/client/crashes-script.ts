import { inferCrashes } from './infer-crashes.ts';
import { whenReported } from './lib/when-reported.ts';

whenReported(inferCrashes);
