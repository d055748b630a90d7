import { loadScript } from './load-script.ts';

/** The same machine under its other loopback name is another origin to a browser; elsewhere there is none to be had. */
function otherOrigin(): string {
  const { protocol, hostname, port } = location;
  const other = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }[hostname];
  return other ? `${protocol}//${other}:${port}` : '';
}

/** Loads exchange rates from another origin; their script throws, and most browsers hide what. */
export function showPounds(): void {
  loadScript(`${otherOrigin()}/demo/broken/rates.js`);
}
