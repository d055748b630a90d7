/** Ctrl-C in `npm start` arrives twice, from the terminal and from npm, within a few milliseconds. */
const samePressMs = 500;

/** Calls `stop` at the first SIGINT or SIGTERM, and ends the process at once at the second. */
export function onStop(stop: () => void): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = Date.now();
      stop();
    } else if (Date.now() - firstAt > samePressMs) {
      process.exit(130);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
