import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Artifact as ShownArtifact, ArtifactList } from '../../protocol/api.ts';
import { createTurns } from '../http/turns.ts';
import { readBody } from '../http/body.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { apiError, artifact, artifactList, id, page } from '../http/schemas.ts';
import { requireAdmin } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { Artifact, ArtifactStore } from '../store/artifact-store.ts';
import type { Artifacts } from '../symbolicate/artifacts.ts';
import { UnusableMap } from '../symbolicate/indexer.ts';
import { mapLimits } from '../symbolicate/map-limits.ts';
import { projectOf } from './project-of.ts';
import { readCursor, writeCursor } from './cursor.ts';

const label = Type.String({ maxLength: 200 });
const name = Type.String({ minLength: 1, maxLength: 2_000 });
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const debugId = Type.String({ pattern: '^[0-9a-fA-F-]{32,36}$' });

const uploadQuery = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 2_000, description: 'Path or URL of the file, as the page loads it.' }),
  release: Type.Optional(label),
  script: Type.Optional(
    Type.String({ maxLength: 2_000, description: 'Of a map: its script, if that is not the name without `.map`.' }),
  ),
  debugId: Type.Optional(debugId),
});
const knownBody = Type.Object({
  release: Type.Optional(label),
  files: Type.Array(Type.Object({ name, hash, script: Type.Optional(Type.String({ maxLength: 2_000 })) }), {
    maxItems: 5_000,
  }),
});
const listQuery = Type.Object({ ...page, release: Type.Optional(label) });
const oneOfProject = Type.Object({ ...id.properties, artifact: Type.String({ pattern: '^[0-9]{1,15}$' }) });

/** Uploads that are read at once: each may hold its whole text in memory. */
const maxAtOnce = 3;

export interface ArtifactRouteOptions {
  artifacts: Artifacts;
  store: ArtifactStore;
  projects: Projects;
  /** Called when maps have come that may resolve what has arrived before. */
  onMaps(projectId: string, maps: Artifact[]): void;
}

/** Source maps and scripts, by release or debug id: `curl -T app.js.map -H 'authorization: Bearer …' '…?name=app.js.map'`. */
export async function artifactRoutes(
  app: FastifyInstance,
  { artifacts, store, projects, onMaps }: ArtifactRouteOptions,
) {
  const inTurn = createTurns(maxAtOnce);
  // What is gone cannot be had back from here: stacks to come would show built code.
  const asAdmin = async (request: FastifyRequest) =>
    requireAdmin(request, 'Only administrators remove uploaded files.');
  const path = '/api/projects/:id/artifacts';

  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    // The body is read by the handler, in its turn.
    raw.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    raw.put<{ Params: { id: string }; Querystring: Static<typeof uploadQuery> }>(
      path,
      {
        config: { isForUploads: true },
        bodyLimit: mapLimits.bytes,
        schema: {
          summary: 'Upload a source map or a script',
          description: `The body is the file, at most ${mapLimits.bytes} bytes, also with Content-Encoding gzip, br or zstd.`,
          params: id,
          querystring: uploadQuery,
          response: { 200: artifact, '4xx': apiError },
        },
      },
      async (request) =>
        inTurn(async () => {
          const projectId = await projectOf(projects, request);
          const text = String(await readBody(request.raw, mapLimits.bytes, 'An uploaded file'));
          const { release = '', ...rest } = request.query;
          const kept = await artifacts
            .upload({ projectId, release, ...rest, text }, Date.now())
            .catch((error: unknown) => {
              if (!(error instanceof UnusableMap)) throw error;
              throw new HttpError(422, 'unusable-map', `${rest.name} is no usable source map: ${error.message}.`);
            });
          if (kept.kind === 'map') onMaps(projectId, [kept]);
          return shown(kept);
        }),
    );
  });

  app.post<{ Params: { id: string }; Body: Static<typeof knownBody> }>(
    `${path}/known`,
    {
      config: { isForUploads: true },
      bodyLimit: 4_194_304,
      schema: {
        summary: 'Name files by SHA-256 that may be here already',
        description: 'Those that the project has get the new name and release; the answer says which must be uploaded.',
        params: id,
        body: knownBody,
        response: { 200: Type.Object({ missing: Type.Array(hash) }), '4xx': apiError },
      },
    },
    async (request) => {
      const projectId = await projectOf(projects, request);
      const { release = '', files } = request.body;
      const known: Artifact[] = [];
      const missing: string[] = [];
      for (const file of files) {
        const kept = await artifacts.uploadKnown({ projectId, release, ...file }, Date.now());
        if (kept) known.push(kept);
        else missing.push(file.hash);
      }
      const maps = known.filter(({ kind }) => kind === 'map');
      if (maps.length > 0) onMaps(projectId, maps);
      return { missing };
    },
  );

  app.get<{ Params: { id: string }; Querystring: Static<typeof listQuery> }>(
    path,
    {
      schema: {
        summary: 'List uploaded files, newest first',
        params: id,
        querystring: listQuery,
        response: { 200: artifactList, '4xx': apiError },
      },
    },
    async (request): Promise<ArtifactList> => {
      const { limit, cursor, release } = request.query;
      const before = readCursor(cursor, 1)?.[0];
      const found = await store.list({
        projectId: await projectOf(projects, request),
        limit: limit + 1,
        ...(release !== undefined && { release }),
        ...(before !== undefined && { before }),
      });
      const last = found[limit - 1];
      return {
        artifacts: found.slice(0, limit).map(shown),
        next: last && found.length > limit ? writeCursor([Number(last.id)]) : null,
      };
    },
  );

  app.delete<{ Params: Static<typeof oneOfProject> }>(
    `${path}/:artifact`,
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Remove an uploaded file',
        description: 'For administrators.',
        params: oneOfProject,
        response: { 204: Type.Null(), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request);
      if (!(await store.remove(project, { id: request.params.artifact }))) throw notFound('file');
      return reply.code(204).send(null);
    },
  );

  app.delete<{ Params: { id: string }; Querystring: { release: string } }>(
    path,
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Remove all files of a release',
        description: 'For administrators.',
        params: id,
        querystring: Type.Object({ release: label }),
        response: { 200: Type.Object({ removed: Type.Integer() }), '4xx': apiError },
      },
    },
    async (request) => ({
      removed: await store.remove(await projectOf(projects, request), { release: request.query.release }),
    }),
  );
}

function shown({
  id,
  release,
  kind,
  name,
  script,
  debugId,
  hash,
  bytes,
  sources,
  texts,
  problems,
  createdAt,
}: Artifact): ShownArtifact {
  return { id, release, kind, name, script, debugId, hash, bytes, sources, texts, problems, createdAt };
}
