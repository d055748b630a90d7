import { captureException } from '../../src/client/index.ts';
import { say } from '../shop/notice.ts';

function openPurse(): never {
  throw new Error('Purse: merchant "crackle" is not known');
}

/** Catches its own error, tells the visitor, and reports it by hand. */
export function payByWallet(): void {
  try {
    openPurse();
  } catch (error) {
    captureException(error);
    say('Purse cannot be reached. Please fill in the form instead.');
  }
}
