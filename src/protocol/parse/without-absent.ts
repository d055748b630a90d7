type Absentable<T> = { [K in keyof T]: T[K] | undefined };

/**
 * A copy without the fields that are undefined: an absent field of an event must not hide the batch's. A copy, because an
 * object that fields were deleted from is slow ever after.
 */
export function withoutAbsent<T extends object>(fields: Absentable<T>): T {
  const present: Partial<T> = {};
  for (const key in fields) if (fields[key] !== undefined) present[key] = fields[key];
  return present as T;
}
