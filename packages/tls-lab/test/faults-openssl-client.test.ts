import { describe, expect, test } from 'vitest';
import type { CorrectResult } from '../src/faults/fault.ts';
import { startTlsServer } from '../src/index.ts';
import type { Transcript } from '../src/transcript/transcript.ts';
import { faultCases, incorrect } from './correct-reaction.ts';
import { type OpensslEnd, opensslClient } from './openssl-ends.ts';
import { testCertificate } from './test-certificate.ts';

/** From when it is started: it must have come as far as the fault. */
const WAITING_MS = 4_000;
const LONGEST_MS = 60_000;
const certificate = testCertificate();

/** OpenSSL would renegotiate, and our end may close in the middle of that; mbedTLS refuses, as the boards are built. */
const REFUSING = ['-no_renegotiation'];

/** `openssl s_client` says by its exit code and its errors what it made of the connection. */
function resultOf({ exitCode, output, errors }: OpensslEnd, wire: Transcript): CorrectResult {
  if (exitCode === null) return 'waits';
  const answered = output.includes('pong') || output.length >= 10_000_000;
  if (exitCode === 0) return answered ? 'completes' : 'ended';
  return wire.handshakeCompleted && /unexpected eof|reset by peer|errno=(?:104|0)/.test(errors)
    ? 'truncated'
    : 'aborts';
}

describe('openssl s_client does what a correct client does', () => {
  test.concurrent.for(faultCases('server'))('$name in $version', async ({ fault, name, version, correct }) => {
    await using server = await startTlsServer({
      certificate: await certificate,
      faults: [fault],
      application: { respond: 'pong\n', when: 'ping' },
      maxVersion: version,
    });
    const transcript = server.nextTranscript({ deadlineMs: LONGEST_MS });
    const end = await opensslClient(server.port, REFUSING, correct.results.includes('waits') ? WAITING_MS : LONGEST_MS);
    const wire = await transcript;
    expect(wire.faults).toContain(name);
    expect(incorrect(correct, [resultOf(end, wire)], wire, end.errors)).toBeNull();
  });
});
