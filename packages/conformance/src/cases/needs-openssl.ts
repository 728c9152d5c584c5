import { spawnSync } from 'node:child_process';

let missing: string | null | undefined;

/** Why a case whose peer is the openssl command cannot be posed; looked up once. */
export function needsOpenssl(): string | null {
  if (missing !== undefined) return missing;
  missing = spawnSync('openssl', ['version']).status === 0 ? null : 'the openssl command is not installed on the host';
  return missing;
}
