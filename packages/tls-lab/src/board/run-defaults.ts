import type { BoardStep } from './board-endpoint.ts';

const STEPS: readonly BoardStep[] = [{ do: 'write', bytes: 'ping\n' }, { do: 'readline' }, { do: 'close' }];

/** What a `BoardRun` means where it says nothing. */
export const DEFAULTS = {
  steps: STEPS as readonly BoardStep[],
  deadlineMs: 15_000,
  captureBytes: 4096,
  protocol: { client: 'PROTOCOL_TLS_CLIENT', server: 'PROTOCOL_TLS_SERVER' },
} as const;
