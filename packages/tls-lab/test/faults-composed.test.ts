import { describe, expect, test } from 'vitest';
import { type FaultReference, startTlsServer, type TlsVersion } from '../src/index.ts';
import { opensslClient } from './openssl-ends.ts';
import { testCertificate } from './test-certificate.ts';

const certificate = testCertificate();

/** Faults in what `openssl s_client` sends: our server aborts, and the alert goes to the board. */
const FAULTY = [
  { faults: ['bit-flip-in-finished@to-peer'], versions: ['TLSv1.2', 'TLSv1.3'], alerts: [20, 51] },
  { faults: ['bit-flip-in-data@to-peer'], versions: ['TLSv1.2', 'TLSv1.3'], alerts: [20] },
  // In TLS 1.2 the keys of the client's Finished are known only once it has arrived.
  { faults: ['wrong-verify-data@to-peer'], versions: ['TLSv1.3'], alerts: [51] },
  { faults: ['unknown-record-type@to-peer'], versions: ['TLSv1.2', 'TLSv1.3'], alerts: [10] },
  { faults: ['replayed-data@to-peer'], versions: ['TLSv1.2', 'TLSv1.3'], alerts: [20] },
] as const satisfies readonly {
  faults: readonly FaultReference[];
  versions: readonly TlsVersion[];
  alerts: readonly number[];
}[];

const TO_PEER = FAULTY.flatMap(({ versions, ...row }) => versions.map((version) => ({ ...row, version })));

const COMPOSITIONS: readonly (readonly FaultReference[])[] = [
  ['fragments-of-7-bytes', 'certificate-over-records', 'finished-over-records'],
  ['records-merged', 'fragments-of-1-byte'],
  ['empty-data-record', 'data-in-1-byte-records', 'fragments-of-1-byte'],
  ['fragments-of-7-bytes', 'pause-before-data@to-peer', 'empty-data-record@to-peer'],
  ['pause-before-hello', 'hello-over-two-records@to-peer', 'data-in-1-byte-records@to-peer'],
];

const COMPOSED = COMPOSITIONS.flatMap((faults) =>
  (['TLSv1.2', 'TLSv1.3'] as const).map((version) => ({ faults, version })),
);

describe('direction and composition, with openssl s_client', () => {
  test.concurrent.for(TO_PEER)('$faults in $version', async ({ faults, version, alerts }) => {
    await using server = await startTlsServer({ certificate: await certificate, faults, maxVersion: version });
    const next = server.nextTranscript();
    const end = await opensslClient(server.port, [], 10_000);
    const wire = await next;
    expect(end.exitCode).toBe(1);
    expect(wire.faults).toEqual(faults.map((name) => name.split('@')[0]));
    const sent = wire.alerts.filter((alert) => alert.sender === 'peer' && alert.level === 'fatal');
    expect(alerts).toContain(sent[0]?.number);
  });

  test.concurrent.for(COMPOSED)('$faults in $version', async ({ faults, version }) => {
    await using server = await startTlsServer({
      certificate: await certificate,
      faults,
      maxVersion: version,
      application: { respond: 'pong\n', when: 'ping' },
    });
    const next = server.nextTranscript();
    const end = await opensslClient(server.port, [], 20_000);
    const wire = await next;
    expect(end).toMatchObject({ exitCode: 0 });
    expect(end.output.toString()).toBe('pong\n');
    expect(new Set(wire.faults)).toEqual(new Set(faults.map((name) => name.split('@')[0])));
    expect(wire.handshakeCompleted).toBe(true);
    expect(wire.records.filter(({ contentType }) => contentType === null)).toEqual([]);
  });
});
