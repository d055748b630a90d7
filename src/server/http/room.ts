/** Counts what many hold at once against one limit. */
export interface Room {
  /** Takes some of it; false if so much is not free. */
  take(amount: number): boolean;
  giveBack(amount: number): void;
}

export function createRoom(limit: number): Room {
  let taken = 0;
  return {
    take(amount) {
      if (taken + amount > limit) return false;
      taken += amount;
      return true;
    },
    giveBack: (amount) => void (taken -= amount),
  };
}
