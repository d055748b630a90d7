import { Writable } from 'node:stream';

/** Stands for a terminal or a pipe: keeps what was printed. */
export function createOutput(isTTY = false): Writable & { text: string; isTTY: boolean } {
  const output = Object.assign(
    new Writable({
      write(chunk: Buffer, _, done) {
        output.text += chunk.toString();
        done();
      },
    }),
    { text: '', isTTY },
  );
  return output;
}
