/** SHA-256 in hexadecimal digits, as the board's receiver says it. */
export function sha256(bytes: Uint8Array): string {
  // Loading it takes longer than the rest of the driver's imports, and a call that sends no file needs it not at all.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(bytes).digest('hex');
}
