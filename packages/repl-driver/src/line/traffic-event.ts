/** Bytes that passed over the line. */
export interface TrafficEvent {
  readonly direction: 'host' | 'board';
  readonly bytes: Uint8Array;
  /** `performance.now()` when it passed. */
  readonly atMs: number;
}
