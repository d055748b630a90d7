import { AppError } from './errors.ts';

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new AppError('invariant', message); //@ helper-invariant: invariant
  }
}

export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value: ${JSON.stringify(value)}`); //@ helper-never: assertNever
}

export function unwrap<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    //+ console.debug('unwrap', typeof value);
    throw new Error('Nothing to unwrap'); //@ helper-unwrap: unwrap
  }
  return value;
}
