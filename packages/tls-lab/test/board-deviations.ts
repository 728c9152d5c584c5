import type { SoundResult } from '../src/faults/fault.ts';
import type { TlsVersion } from '../src/peer/tls-peer.ts';

/** Something that mbedTLS 3.6 under MicroPython does otherwise than a sound end, as it was seen. */
export interface Deviation {
  readonly name: string;
  readonly version?: TlsVersion;
  readonly result: SoundResult;
  readonly why: string;
}

export const CLIENT_DEVIATIONS: readonly Deviation[] = [];

export const SERVER_DEVIATIONS: readonly Deviation[] = [];

export function deviation(table: readonly Deviation[], name: string, version: TlsVersion): Deviation | null {
  return table.find((row) => row.name === name && (row.version ?? version) === version) ?? null;
}
