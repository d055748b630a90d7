import { logHref } from '../lib/log-filter.ts';
import type { LogFilter } from '../logs-api.ts';
import { CodeBlock } from './code-block.tsx';

const example = `import { createLogger } from 'pagefault'; // in Node: 'pagefault/node'

const log = createLogger('checkout');
log.info('The cart was opened', { items: 3 });`;

/** An empty list says why it is empty, and what to do. */
export function NoRecords({ filter }: { filter: LogFilter }) {
  if (filter.query) {
    return (
      <div class="state">
        <h2>No record matches this search</h2>
        <p>New ones that match appear here by themselves.</p>
        <p>
          <a href={logHref({ ...filter, query: '' })}>Show all records</a>
        </p>
      </div>
    );
  }
  return (
    <section class="first-report">
      <h2>Nothing has been logged yet</h2>
      <p>Records of your loggers appear here as they arrive, beside the errors of the same session.</p>
      <CodeBlock code={example} label="Log something" />
    </section>
  );
}
