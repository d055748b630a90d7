import { captureMessage } from '../../src/client/index.ts';
import { say } from '../shop/notice.ts';

/** Nothing broke: the shop wants to know that somebody came here. */
export function joinNewsletter(): void {
  captureMessage('Somebody wants the newsletter, and there is none', 'warning');
  say('There is no newsletter yet. We have noted that you would like one.');
}
