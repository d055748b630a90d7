export class ValidationError extends Error {
  field: string;
  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`);
    this.name = 'ValidationError';
    this.field = field;
  }
}

export interface Rule {
  required?: boolean;
  pattern?: RegExp;
  max?: number;
}

export type Schema = Record<string, Rule>;

function check(field: string, value: unknown, rule: Rule): void {
  if (rule.required && (value === undefined || value === '')) {
    throw new ValidationError(field, 'is required'); //@ pkg-form-required: check
  }
  if (rule.pattern && !rule.pattern.test(String(value))) {
    throw new ValidationError(field, `"${String(value)}" does not match`); //@ pkg-form-pattern: check
  }
}

export function validate(schema: Schema, input: Record<string, unknown>): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [field, rule] of Object.entries(schema)) {
    check(field, input[field], rule);
    clean[field] = input[field];
  }
  return clean;
}

export function fieldNames(schema: Schema): string[] {
  const names: string[] = [];
  const all = (schema as unknown as { fields: { names: string[] } }).fields;
  names.push(...all.names); //@ pkg-form-fields: fieldNames
  return names.sort();
}
