import type { Random } from '../helpers/random.ts';

export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
}

export interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

export interface Call {
  path: string;
  /** JSON. */
  body: string | undefined;
}

const odd: unknown[] = [
  ...['', ' ', '\0', '%00', '-1', '1e999', 'NaN', '9007199254740993', '99999999999999999999', '\ud800', '__proto__'],
  ...["' OR 1=1 --", '<script>', '../..', '"', '(', '*', 'NEAR(', '*'.repeat(200), 'a'.repeat(3_000)],
  ...['is:', 'is:resolved', 'tag:a:t', '!tag:a:*', 'level:>=error', 'events:>1e9', 'browser:"', '-word', '2026-11-22'],
  ...[null, true, -1, 0, 1.5, 1e308, [], {}, [[]], { a: 1 }],
];
const usual = ['shop', 'all', 'https://hooks.example/x', 'ada@shop.example'];

const asText = (value: unknown) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\ud800', '?');

/** What an administrator could ask for by this operation of the API's description, or nearly; `ids` are of things that are there. */
export function mutateCall(random: Random, path: string, operation: Operation, ids: string[]): Call {
  const isOdd = () => random.next() < 0.12;
  const valueOf = (schema: Schema | undefined, depth = 0): unknown => {
    if (!schema || depth > 6 || isOdd()) return random.pick(odd);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    if (schema.anyOf) return valueOf(random.pick(schema.anyOf), depth + 1);
    if (schema.type === 'object') {
      const chosen = Object.entries(schema.properties ?? {}).filter(
        ([name]) => random.next() < (schema.required?.includes(name) ? 0.97 : 0.6),
      );
      return Object.fromEntries(chosen.map(([name, field]) => [name, valueOf(field, depth + 1)]));
    }
    if (schema.type === 'array') return Array.from({ length: random.below(4) }, () => valueOf(schema.items, depth + 1));
    if (schema.type === 'integer' || schema.type === 'number')
      return random.pick([schema.minimum ?? 0, schema.maximum ?? 1e6, 1, 10]);
    if (schema.type === 'boolean') return random.next() < 0.5;
    if (schema.type === 'null') return null;
    return random.pick([...ids, ...usual]);
  };
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, in: place, schema } of operation.parameters ?? []) {
    if (place === 'path')
      filled = filled.replace(`{${name}}`, encodeURIComponent(asText(isOdd() ? random.pick(odd) : random.pick(ids))));
    else if (place === 'query' && random.next() < 0.6) query.append(name, asText(valueOf(schema)));
  }
  const [content] = Object.values(operation.requestBody?.content ?? {});
  return { path: `${filled}?${query}`, body: content && JSON.stringify(valueOf(content.schema)) };
}
