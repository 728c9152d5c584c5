import type { OptionCheck } from './option-check.ts';

const isBytesOrText = (value: unknown): boolean => typeof value === 'string' || value instanceof Uint8Array;

/** `'smtp'`, `'imap'`, or a list of `{ send }` and `{ expect }`. */
export const startTls: OptionCheck = (value, path) => {
  if (value === 'smtp' || value === 'imap') return null;
  if (!Array.isArray(value)) return `${path} must be smtp, imap or a list of { send } and { expect }`;
  const wrong = value.findIndex((step: unknown) => {
    if (typeof step !== 'object' || step === null) return true;
    const [[name, content] = [], ...rest] = Object.entries(step);
    return rest.length > 0 || (name !== 'send' && name !== 'expect') || !isBytesOrText(content);
  });
  return wrong < 0 ? null : `${path}[${wrong}] must be { send } or { expect } with a string or bytes`;
};
