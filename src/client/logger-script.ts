import { findReporter } from './lib/find-reporter.ts';
import { on } from './lib/on.ts';
import { win } from './lib/win.ts';
import { createPageLogging } from './logger/page-logging.ts';

const { createLogger, setThreshold, addProcessor, addHandler } = createPageLogging(findReporter);
const api = { createLogger, setThreshold, addProcessor, addHandler };

/** `pagefault.js` replaces what stands there without `init`. */
const install = () => Object.assign((win.pagefault ??= {} as Window['pagefault']), api);
install();
on(win, 'load', install);
