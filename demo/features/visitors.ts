import { loadScript } from './load-script.ts';

/** A counter from elsewhere that nobody told the content security policy of: the browser does not even ask for it. */
export function countVisitors(): void {
  loadScript('https://visitors.example/count.js');
}
