/** Throws a string, as old code likes to. */
export function chooseGiftWrap(): void {
  throw 'Gift wrap is out of paper';
}
