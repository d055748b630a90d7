import { AjvCompiler } from '@fastify/ajv-compiler';
import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify';
import type { FastifySerializerCompiler } from 'fastify/types/schema.js';

/** Our own schemas are not compared with the schema of schemas: to compile that for each compiler takes 3 MB. */
const ours = { validateSchema: false };

/**
 * Lets Fastify's own compilers compile a schema when a request first needs it: all of them at once are half the time of a
 * start, and memory that a collector which only takes reports never needs.
 */
export function compileLazily(app: FastifyInstance): void {
  // Ajv makes `1e999` infinite, and then, if it is strict about numbers, holds it against no limit.
  const ofAddresses = { ...ours, strictNumbers: false };
  const validators = lazy(() => AjvCompiler()({}, { customOptions: ofAddresses }));
  // JSON has types: 0 days must not become null, which is no limit. Only the text of addresses has to be made something.
  const ofBodies = lazy(() => AjvCompiler()({}, { customOptions: { ...ours, coerceTypes: false } }));
  const serializers = lazy(() => SerializerSelector()());
  const validatorOf: FastifySchemaCompiler<unknown> = (route) => {
    const compiled = lazy(() => (route.httpPart === 'body' ? ofBodies : validators)()(route));
    const validate: ReturnType<FastifySchemaCompiler<unknown>> = (value) => {
      const isValid = compiled()(value) === true;
      // Fastify looks for what is wrong on the function that it has called.
      validate.errors = compiled().errors ?? null;
      return isValid;
    };
    return validate;
  };
  const serializerOf: FastifySerializerCompiler<unknown> = (route) => {
    const compiled = lazy(() => serializers()({ httpStatus: '200', ...route }));
    return (value) => compiled()(value);
  };
  app.setValidatorCompiler(validatorOf).setSerializerCompiler(serializerOf);
}

function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
