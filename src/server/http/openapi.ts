import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** The frame of the document that describes the API; its paths come from the schemas that validate. */
export const openapi: FastifyDynamicSwaggerOptions = {
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
