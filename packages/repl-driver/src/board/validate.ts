import type { StandardSchemaV1 } from '@standard-schema/spec';
import { ReplDriverError } from '../errors.ts';

/** The value as the schema gives it out; fails with `BAD_VALUE` naming each issue and its path. */
export async function validate<T>(value: unknown, schema: StandardSchemaV1<unknown, T> | undefined): Promise<T> {
  if (!schema) return value as T;
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return result.value;
  const issues = result.issues.map((issue) => `${pathOf(issue)}${issue.message}`).join('; ');
  throw new ReplDriverError('BAD_VALUE', `The board's value does not fit the schema: ${issues}.`);
}

function pathOf(issue: StandardSchemaV1.Issue): string {
  const keys = (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
  return keys.length === 0 ? '' : `at ${keys.join('.')}: `;
}
