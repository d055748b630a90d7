/** The reporter's own name and version, as batches carry them; a test holds it equal to package.json. */
export const sdk = { name: 'pagefault', version: '0.1.0' };
