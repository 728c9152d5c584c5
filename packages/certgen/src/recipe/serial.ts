import { createHash } from 'node:crypto';
import type { RecipeEntry } from './certificate-draft.ts';

/** Eight bytes from the recipe, positive and never zero (RFC 5280 section 4.1.2.2). */
export function serialOf(draft: RecipeEntry): string {
  if (draft.serial !== undefined) return draft.serial;
  const bytes = createHash('sha256').update(JSON.stringify(draft)).digest().subarray(0, 8);
  bytes[0] = (bytes.readUInt8(0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
