/** What went wrong, in the words of whoever threw it. */
export const messageOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason));
