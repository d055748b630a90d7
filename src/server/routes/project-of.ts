import type { FastifyRequest } from 'fastify';
import { notFound } from '../http/errors.ts';
import { onlyUploads } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';

/**
 * The project that a path names. `_` stands for the project of the token, or the first: a build needs to know only the
 * token. Throws 403 where a token is of another project.
 */
export async function projectOf(
  projects: Projects,
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<string> {
  const { uploadTo } = request.signedIn;
  const { id } = request.params;
  if (uploadTo !== undefined && id !== uploadTo && id !== '_') throw onlyUploads();
  const known = await projects.list();
  const found = id === '_' && uploadTo === undefined ? known[0] : known.find((each) => each.id === (uploadTo ?? id));
  if (!found) throw notFound('project');
  return found.id;
}
