/** Data as it comes from outside: no compiler can see what is in it. */
export function load<T>(json: string): T {
  return JSON.parse(json) as T;
}

//=
export function choose<T>(v: number, first: string, second: string): T {
  return load<T>(v === 0 ? first : second);
}
