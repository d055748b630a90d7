function parseAddress(text: string): URL {
  return new URL(text);
}

/** Wraps what went wrong in an error that says what it meant to do. */
export function changeAddress(): void {
  try {
    parseAddress('Lehmweg 4, Kiel');
  } catch (cause) {
    throw new Error('The address was not saved', { cause });
  }
}
