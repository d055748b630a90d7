import type { FastifyInstance, RouteOptions } from 'fastify';

/** Answers with the document that describes the API, made from the schemas that validate when it is first asked for. */
export function describeRoutes(app: FastifyInstance): () => Promise<unknown> {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push(route);
  });
  let document: Promise<unknown> | undefined;
  return () => (document ??= import('./openapi-document.ts').then(({ openapiDocument }) => openapiDocument(routes)));
}
