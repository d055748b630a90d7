import { whenReported } from './lib/when-reported.ts';
import { watchFrames } from './watch-frames.ts';

whenReported(watchFrames);
