/** Milliseconds since 1970 by the page's clock. A page that replaces `Date` later does not reach it. */
export const { now } = Date;
