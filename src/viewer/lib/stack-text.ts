import type { StoredEvent } from '../../protocol/api.ts';
import { position } from './file-name.ts';

/** The stacks of all exceptions as V8 would print them. */
export function stackText({ event, frames }: StoredEvent): string {
  return event.exceptions
    .map((exception, at) => {
      const head = `${at ? `${exception.relation === 'member' ? 'With' : 'Caused by'}: ` : ''}${exception.type}: ${exception.value}`;
      const lines = (frames[at] ?? []).map((frame) => {
        const where = position(frame.filename ?? '<unknown>', frame.lineno, frame.colno);
        return frame.function ? `    at ${frame.function} (${where})` : `    at ${where}`;
      });
      return [head, ...lines].join('\n');
    })
    .join('\n');
}
