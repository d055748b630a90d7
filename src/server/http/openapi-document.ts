import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import fastify, { type RouteOptions } from 'fastify';

/** The frame of the document that describes the API; its paths come from the schemas that validate. */
const frame: FastifyDynamicSwaggerOptions = {
  // Pages and files are no part of it.
  transform: ({ schema, url }) => ({ schema: /^\/(?:api|in)\//.test(url) ? schema : { ...schema, hide: true }, url }),
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Pagefault', description: 'What broke in browsers.', version: '1' },
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'PAGEFAULT_TOKEN.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'pagefault',
          description: 'Made by signing in. Requests that change something also need the X-CSRF-Token header.',
        },
      },
    },
    security: [{ token: [] }, { session: [] }],
  },
};

/** Describes routes by a second server that never listens: who only takes reports needs none of this. */
export async function openapiDocument(routes: RouteOptions[]): Promise<unknown> {
  const app = fastify({ exposeHeadRoutes: false });
  await app.register(swagger, frame);
  for (const { method, url, schema } of routes) {
    app.route({ method, url, ...(schema && { schema }), handler: () => undefined });
  }
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
