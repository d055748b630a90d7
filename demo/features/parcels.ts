interface Parcel {
  pots: number;
  cost: number;
}

/** Halves a parcel until nothing is left to halve; a half of nothing is still a parcel. */
function cheapest(parcel: Parcel): number {
  const half = { pots: parcel.pots / 2, cost: parcel.cost };
  return Math.min(parcel.cost, cheapest(half) + cheapest(half));
}

/** Recurses until the stack is full. */
export function findCheapestParcels(): void {
  cheapest({ pots: 4, cost: 590 });
}
