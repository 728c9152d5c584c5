import { spawnSync } from 'node:child_process';
import { NO_OPENSSL } from '../observation/host-limit.ts';
import type { Unavailable } from '../observation/not-observed.ts';

let missing: Unavailable | null | undefined;

/** Why a case whose peer is the openssl command cannot be posed; looked up once. */
export function needsOpenssl(): Unavailable | null {
  if (missing !== undefined) return missing;
  missing = spawnSync('openssl', ['version']).status === 0 ? null : NO_OPENSSL;
  return missing;
}
