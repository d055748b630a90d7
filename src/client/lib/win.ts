/**
 * The page's window. A page may declare `let screen` or `const navigator` at its top level, which hides them from every
 * script but as properties of this. Absent properties on a server, where nothing of us runs.
 */
export const win = globalThis as unknown as Window & typeof globalThis;
