/** Server-sent events of an address, as they come. */
export interface Stream {
  /** The next of this name that matches, of those not taken yet. Throws after 10 s. */
  next<T>(name: string, match?: (data: T) => boolean): Promise<{ data: T; id: string | undefined }>;
  close(): void;
}

/** Opens a stream; resolves when the server has begun to send. */
export async function openStream(url: string, headers: Record<string, string>): Promise<Stream> {
  const ending = new AbortController();
  const response = await fetch(url, { headers, signal: ending.signal });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const messages: { name: string; data: unknown; id: string | undefined }[] = [];
  let text = '';
  const read = async () => {
    const chunk = await Promise.race([
      reader?.read(),
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('Nothing comes.')), 10_000).unref()),
    ]);
    if (!chunk || chunk.done) throw new Error('The stream has ended.');
    text += decoder.decode(chunk.value as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      const data = fields.get('data');
      if (data !== undefined)
        messages.push({ name: fields.get('event') ?? '', data: JSON.parse(data), id: fields.get('id') });
    }
  };
  return {
    async next<T>(name: string, match: (data: T) => boolean = () => true) {
      for (;;) {
        const index = messages.findIndex((message) => message.name === name && match(message.data as T));
        const [found] = index < 0 ? [] : messages.splice(index, 1);
        if (found) return { data: found.data as T, id: found.id };
        await read();
      }
    },
    close: () => ending.abort(),
  };
}
