import type { FailedRequest } from '../../protocol/event.ts';
import { formatDuration } from '../lib/format.ts';
import { EventLink } from './event-link.tsx';

const failures: Record<FailedRequest['failure'], string> = {
  http: 'was answered with an error',
  network: 'got no answer: the network failed, or the server did not allow this page to read it',
  timeout: 'got no answer in time',
  aborted: 'was aborted',
  csp: 'was blocked by the page’s content security policy',
  offline: 'got no answer: the browser was offline',
};

/** The request that failed, in one sentence. */
export function RequestFacts({ request }: { request: FailedRequest }) {
  return (
    <section class="request">
      <h2>Request</h2>
      <p>
        <code class="request-line">
          <strong class="foreign">{request.method}</strong> <EventLink url={request.url} />
        </code>
      </p>
      <p>
        It {request.status ? <strong>was answered with status {request.status}</strong> : failures[request.failure]}
        {request.durationMs !== undefined && ` after ${formatDuration(request.durationMs)}`}.
      </p>
    </section>
  );
}
