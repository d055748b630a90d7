import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiError } from '../../protocol/api.ts';

/** An answer that is not the one hoped for: status, a stable word for programs, a sentence for people. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly statusCode: number;
  readonly word: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(statusCode: number, word: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.statusCode = statusCode;
    this.word = word;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const notFound = (what: string) => new HttpError(404, 'not-found', `There is no such ${what}.`);

/** Every error becomes JSON. What went wrong inside is logged, never told. */
export function answerError(error: FastifyError | HttpError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (error instanceof HttpError && error.retryAfterSeconds !== undefined) {
    void reply.header('retry-after', String(error.retryAfterSeconds));
  }
  if (status >= 500 && !(error instanceof HttpError))
    request.log.error({ err: error, url: request.url }, 'A request failed.');
  void reply.code(status).send(apiError(error, status));
}

function apiError(error: FastifyError | HttpError, status: number): ApiError {
  if (error instanceof HttpError) return { error: error.word, message: error.message };
  if (status >= 500) return { error: 'internal', message: 'Something went wrong in the collector. Its log says what.' };
  if (status === 415) return { error: 'no-json', message: 'Send JSON, with Content-Type: application/json.' };
  if (error.validation) return { error: 'invalid', message: whatIsInvalid(error) };
  const word = (error.code ?? 'refused')
    .replace(/^FST_ERR_/, '')
    .toLowerCase()
    .replaceAll('_', '-');
  return { error: word, message: error.message };
}

/** The validator's own sentence names neither what is allowed nor leaves out that of several forms none fits. */
function whatIsInvalid({ validation = [], validationContext = 'body', message }: FastifyError): string {
  const says = validation
    .filter(({ keyword }) => keyword !== 'anyOf')
    .map(({ instancePath, keyword, params, message = 'is invalid' }) => {
      const allowed = keyword === 'enum' && params['allowedValues'];
      return `${validationContext}${instancePath} ${Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : message}`;
    });
  return says.join(', or ') || message;
}
