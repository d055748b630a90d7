import type { Level } from '../../protocol/event.ts';

/** From least to most serious. */
export const levels: Level[] = ['trace', 'debug', 'info', 'notice', 'warning', 'error', 'critical'];
