/** The sender's own name, and the package's version, as batches carry them; a test holds it equal to package.json. */
export const sdk = { name: 'pagefault-node', version: '0.1.0' };
