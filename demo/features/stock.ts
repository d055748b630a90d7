import { say } from '../shop/notice.ts';

/** The store's computer hangs up in the middle of the request. */
export async function checkStock(): Promise<void> {
  try {
    await fetch('/demo/api/store-stock');
  } catch {
    say('The store does not pick up. Please try again later.');
  }
}
