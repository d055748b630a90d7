import type { FastifyInstance } from 'fastify';
import { HttpError } from '../http/errors.ts';
import type { Metrics } from '../metrics.ts';

export interface HealthOptions {
  /** Whether a batch that came now would be taken. */
  isReady(): boolean;
}

/** `/health`: the process lives. `/ready`: it takes reports; a load balancer sends them elsewhere while it does not. */
export async function healthRoutes(app: FastifyInstance, { isReady }: HealthOptions) {
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async () => {
    if (!isReady()) throw new HttpError(503, 'not-ready', 'Nothing can be taken at the moment.', 5);
    return { status: 'ready' };
  });
}

export interface MetricsOptions {
  metrics: Metrics;
  gauges(): Record<string, number>;
}

/** For Prometheus, with an API token. */
export async function metricsRoutes(app: FastifyInstance, { metrics, gauges }: MetricsOptions) {
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.text(gauges())),
  );
}
