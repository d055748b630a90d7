interface WishLists {
  /** Absent for visitors who have never had a list, which nobody thought of. */
  own?: string[];
}

const lists: WishLists = {};

/** Throws in a click handler: the first wish of a visitor has no list to go to. */
export function addToWishList(): void {
  const own = lists.own as string[];
  own.push(location.pathname);
}
