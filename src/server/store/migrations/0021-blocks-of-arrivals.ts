/** What has arrived stays in the block that it was appended in. */
export const blocksOfArrivals = `
INSERT INTO blocks (last_seq, encoding, body) SELECT last_seq, 1, lines FROM arrivals ORDER BY first_seq;
DROP TABLE arrivals;
`;
