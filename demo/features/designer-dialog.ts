import { say } from '../shop/notice.ts';

/** Nobody ever sees it: see `designer.ts`. */
export function openDesigner(): void {
  say('Draw your pot.');
}
