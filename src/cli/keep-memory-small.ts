/** What Linux's allocator starts with, bytes. */
const largeBlock = '131072';
/** So much free memory at the end of what it has it keeps: to give back less, and take it again, takes longer than to use it. */
const keptFree = '2097152';

/**
 * Starts the process anew, with the same number, so that memory of large blocks is given back as soon as it is free: unless
 * told, the allocator of Linux takes for small whatever is as large as the largest that was ever freed, and keeps 45 MB of
 * it after a burst. It reads this from the environment, once, before any line of ours runs.
 */
export function keepMemorySmall(): void {
  const { execve, env, execPath, execArgv, argv, platform } = process;
  // A new image would lose the channel to a parent that has one.
  if (platform !== 'linux' || env['MALLOC_MMAP_THRESHOLD_'] !== undefined || process.connected || !execve) return;
  execve.call(process, execPath, [execPath, ...execArgv, ...argv.slice(1)], {
    ...env,
    MALLOC_MMAP_THRESHOLD_: largeBlock,
    MALLOC_TRIM_THRESHOLD_: keptFree,
  });
}
