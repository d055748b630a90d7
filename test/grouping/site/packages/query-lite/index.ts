export interface QueryOptions {
  retries?: number;
}

export class QueryClient {
  private cache = new Map<string, unknown>();

  async fetchQuery(key: string, load: () => Promise<unknown>, options: QueryOptions = {}): Promise<unknown> {
    if (this.cache.has(key)) return this.cache.get(key);
    let left = options.retries ?? 1;
    for (;;) {
      try {
        const value = await load();
        this.cache.set(key, value);
        return value;
      } catch (error) {
        if (left-- <= 0) throw error;
      }
    }
  }

  read(key: string): unknown {
    const value = this.cache.get(key);
    if (value === undefined) {
      throw new Error(`query-lite: no data for key ${key}`); //@ pkg-query-nodata: QueryClient.read
    }
    return value;
  }
}
