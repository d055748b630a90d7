type Absentable<T> = { [K in keyof T]: T[K] | undefined };

/** The same object without the fields that are undefined: an absent field of an event must not hide the batch's. */
export function withoutAbsent<T extends object>(fields: Absentable<T>): T {
  for (const key in fields) if (fields[key] === undefined) delete fields[key];
  return fields as T;
}
