import { Type, type Static, type TProperties, type TSchema } from 'typebox';

/** Holds a schema against the type that the viewer is compiled with: one that drifts does not compile. */
export const describes =
  <T>() =>
  <Schema extends TSchema>(
    schema: [T] extends [Static<Schema>] ? ([Static<Schema>] extends [T] ? Schema : never) : never,
  ) =>
    schema as Schema;

export const oneOf = <Word extends string>(words: readonly Word[]) => Type.Enum([...words]);
export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
export const object = <Properties extends TProperties>(properties: Properties, description?: string) =>
  Type.Object(properties, description ? { description } : {});
