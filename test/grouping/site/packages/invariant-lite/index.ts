export default function invariant(condition: unknown, format: string, ...args: unknown[]): void {
  if (!condition) {
    let index = 0;
    const error = new Error(format.replace(/%s/g, () => String(args[index++]))); //@ pkg-invariant: invariant
    error.name = 'Invariant Violation';
    throw error;
  }
}
