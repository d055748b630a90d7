/** Who looks, and who delivers, while others do it too. */
export const claims = `
-- Nobody else makes an attempt before this time, ms.
ALTER TABLE deliveries ADD COLUMN claimed_until INTEGER NOT NULL DEFAULT 0;
-- Changes with every look that kept something, also where only the clock moved on.
ALTER TABLE notify_progress ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
`;
