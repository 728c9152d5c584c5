import type { StandardSchemaV1 } from '@standard-schema/spec';
import { ReplDriverError } from '../errors.ts';
import { kindOf } from '../kind-of.ts';

type Schema<T> = StandardSchemaV1<unknown, T>;

/** Fails with `BAD_VALUE` when something else than a Standard Schema was given: before the board is asked for a value. */
export function checkSchema(schema: Schema<unknown> | undefined): void {
  if (schema === undefined || typeof schema['~standard']?.validate === 'function') return;
  const message = `The schema is no Standard Schema but ${kindOf(schema)}; give one of zod 3.24, valibot 1.0, arktype 2.0 or newer, or of another library that standardschema.dev lists.`;
  throw new ReplDriverError('BAD_VALUE', message);
}

/** The value as the schema gives it out; fails with `BAD_VALUE` naming each issue and its path. */
export async function validate<T>(value: unknown, schema: Schema<T> | undefined): Promise<T> {
  if (!schema) return value as T;
  const result = await answerOf(schema, value);
  if (!result.issues) return result.value;
  const issues = result.issues.map((issue) => `${pathOf(issue)}${issue.message}`).join('; ');
  throw new ReplDriverError('BAD_VALUE', `The board's value does not fit the schema: ${issues}.`);
}

async function answerOf<T>(schema: Schema<T>, value: unknown): Promise<StandardSchemaV1.Result<T>> {
  try {
    return await schema['~standard'].validate(value);
  } catch (cause) {
    const message = `The schema itself failed on the board's value (${cause instanceof Error ? cause.message : String(cause)}); a check of it must not throw.`;
    throw new ReplDriverError('BAD_VALUE', message, { cause });
  }
}

function pathOf(issue: StandardSchemaV1.Issue): string {
  const keys = (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
  return keys.length === 0 ? '' : `at ${keys.join('.')}: `;
}
