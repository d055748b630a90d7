import { installToString } from './lib/patch.ts';
import { whenReported } from './lib/when-reported.ts';
import { watchConsole } from './watch-console.ts';

// That of the reporter's script knows its own proxies only.
installToString();
whenReported(watchConsole);
