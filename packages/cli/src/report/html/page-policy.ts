import { createHash } from 'node:crypto';

/** A script or a style sheet as a content security policy allows it: by its hash. */
export function sourceHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
