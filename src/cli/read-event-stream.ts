export interface StreamMessage {
  name: string;
  data: unknown;
  id: string | undefined;
}

/** Characters of one message; more is no message of ours. */
const maxChars = 4_000_000;

/** The server-sent events of an answer, each with JSON. Ends when it ends; throws after `silenceMs` without a sign of life. */
export async function* readEventStream(response: Response, silenceMs: number): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder();
  const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
  let text = '';
  try {
    for (;;) {
      const chunk = await withTimeout(reader?.read(), silenceMs);
      if (!chunk || chunk.done) return;
      text += decoder.decode(chunk.value, { stream: true });
      if (text.length > maxChars) throw new Error('the collector sends what cannot be read');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = readMessage(block);
        if (message) yield message;
      }
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

async function withTimeout<T>(work: Promise<T> | undefined, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the collector is silent')), ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function readMessage(block: string): StreamMessage | undefined {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  const data = fields.get('data');
  return data === undefined
    ? undefined
    : { name: fields.get('event') ?? 'message', data: JSON.parse(data) as unknown, id: fields.get('id') };
}
