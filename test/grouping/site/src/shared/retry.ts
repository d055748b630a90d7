/** Tries again until it works or the attempts are used up. */
export async function retry<T>(attempts: number, run: (attempt: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run(attempt);
    } catch (error) {
      if (attempt >= attempts) throw error;
    }
  }
}
