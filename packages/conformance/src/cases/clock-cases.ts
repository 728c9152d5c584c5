import { setClock } from '@wirewrap/tls-lab';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { clientCase } from './handshake-case.ts';
import { CERT } from './validation-cases.ts';

/** An ESP32 without a clock thinks that it is the first of January 2000. */
const POWER_ON = new Date(Date.UTC(2000, 0, 1, 0, 0, 30));

const good = clientCase({
  id: 'client/clock/2000',
  args: ({ bundle }) => ({ cert_reqs: CERT.REQUIRED, server_hostname: bundle.host, cadata: bundle.ca.der }),
});

async function withoutClock(bench: CaseBench): Promise<unknown> {
  const { set } = await setClock(bench.board, POWER_ON);
  if (!set) return { unavailable: 'the firmware cannot set its clock' };
  try {
    return await good.run(bench);
  } finally {
    await setClock(bench.board, bench.clock.date());
  }
}

export const CLOCK_CASES: readonly ConformanceCase[] = [{ id: good.id, number: '16', run: withoutClock }];
