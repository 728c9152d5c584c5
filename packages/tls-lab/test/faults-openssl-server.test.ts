import { describe, expect, test } from 'vitest';
import type { CorrectResult } from '../src/faults/fault.ts';
import { connectTlsClient } from '../src/index.ts';
import type { Transcript } from '../src/transcript/transcript.ts';
import { faultCases, incorrect } from './correct-reaction.ts';
import { type OpensslEnd, opensslServer } from './openssl-ends.ts';
import { testCertificate } from './test-certificate.ts';

/** From when it is started: it must have come as far as the fault. */
const WAITING_MS = 4_000;
const LONGEST_MS = 60_000;
const certificate = testCertificate();

/**
 * `openssl s_server -rev` does not tell a clean end from a truncated one; its answer and its alerts are on the wire.
 * What it had not sent back when a sender of 10 MB closed is lost, so a part of the answer is enough there.
 */
function resultsOf({ exitCode }: OpensslEnd, { received }: Transcript): CorrectResult[] {
  if (exitCode === null) return ['waits'];
  const answered = Buffer.from(received).includes('gnip') || received.length >= 1_000_000;
  return answered ? ['completes', 'truncated', 'aborts'] : ['ended', 'truncated', 'aborts'];
}

describe('openssl s_server does what a correct server does', () => {
  test.concurrent.for(faultCases('client'))('$name in $version', async ({ fault, name, version, correct }) => {
    const args = version === 'TLSv1.2' ? ['-tls1_2'] : [];
    const ms = correct.results.includes('waits') ? WAITING_MS : LONGEST_MS;
    const wires: Transcript[] = [];
    const end = await opensslServer(await certificate, args, ms, async (port) => {
      await using client = await connectTlsClient('127.0.0.1', port, {
        faults: [fault],
        application: { send: 'ping\n', afterwards: 'close-after-answer' },
        maxVersion: version,
      });
      wires.push(await client.transcript({ deadlineMs: LONGEST_MS }));
    });
    const [wire] = wires;
    expect(wire?.faults).toContain(name);
    if (wire !== undefined) expect(incorrect(correct, resultsOf(end, wire), wire, end.errors)).toBeNull();
  });
});
