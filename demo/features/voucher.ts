interface Voucher {
  percent: number;
}

const vouchers = new Map<string, Voucher>([['kiln10', { percent: 10 }]]);
const readingPauseMs = 150;

function discount(code: string): string {
  const voucher = vouchers.get(code) as Voucher;
  return voucher.percent.toFixed(0);
}

/** Looks the code up a moment later, from a timer, and in the wrong case. */
export function redeemVoucher(): void {
  setTimeout(() => discount('KILN10'), readingPauseMs);
}
