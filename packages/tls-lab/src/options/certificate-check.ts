import type { OptionCheck } from './option-check.ts';
import { object } from './option-check.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * A bundle of certgen or of `certificateFromPem`. Node's habit `{ key: PEM, cert: PEM }` would present nothing, and a test
 * would take the failure for the board's.
 */
export const certificate: OptionCheck = (value, path) => {
  const problem = object(value, path);
  if (problem !== null) return problem;
  const { key, leaf, chainPem } = value as Record<string, unknown>;
  const whole = isObject(key) && isObject(leaf) && typeof key.pem === 'string' && typeof chainPem === 'string';
  if (whole) return null;
  return `${path} must be a certificate of pki.certificate(…); make one of your own PEM by certificateFromPem({ key, cert, ca })`;
};
