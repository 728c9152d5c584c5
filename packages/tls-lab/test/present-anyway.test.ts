import { createPki } from '@wirewrap/certgen';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectTlsClient, startTlsServer } from '../src/index.ts';
import { type BoardLab, cacheFolder, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

const pki = createPki({ cacheFolder });
/** What node:tls and openssl refuse to load. */
const refused = ['mismatched-key', 'time-without-seconds', 'trailing-byte'] as const;

describe('a certificate that OpenSSL refuses to load', () => {
  test.for(refused)('%s crosses the wire', async (profile) => {
    const certificate = await pki.certificate(profile);
    await expect(startTlsServer({ certificate })).rejects.toMatchObject({ code: 'UNUSABLE_OPTIONS' });
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      await using server = await startTlsServer({ certificate, presentAnyway: true, maxVersion });
      expect(server.certificate).toBe(certificate);
      const next = server.nextTranscript();
      await using client = await connectTlsClient('127.0.0.1', server.port, {});
      const seen = await client.transcript({ deadlineMs: 30_000 });
      expect(seen).toMatchObject({ negotiated: { version: maxVersion }, handshakeCompleted: false });
      expect(Buffer.from(seen.boardCertificates[0] ?? [])).toEqual(Buffer.from(certificate.leaf.der));
      expect(seen.alerts.some(({ level }) => level === 'fatal')).toBe(true);
      expect((await next).faults).toEqual(['certificate-swap']);
    }
  });

  test('is not for DTLS', async () => {
    const certificate = await pki.certificate('good');
    await expect(startTlsServer({ transport: 'dtls', certificate, presentAnyway: true })).rejects.toThrow(
      'A DTLS peer does not do presentAnyway; leave it out, or use TLS.',
    );
  });
});

describe.skipIf(noMicroPython !== null)(`what the board does with it ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  /** `board`: its alert; null when it took the certificate, so that only the Finished failed, at the host's end. */
  const rows = [
    { profile: 'mismatched-key', errno: -19968, board: 51 },
    { profile: 'time-without-seconds', errno: -9216, board: 42 },
    { profile: 'trailing-byte', errno: -30592, board: null },
  ] as const;
  const levels = [{ constant: 'CERT_NONE' }, { constant: 'CERT_REQUIRED' }];
  /** OpenSSL loads these, but as TLS 1.2 server it ends the handshake with an alert of its own. */
  const served = [
    { profile: 'wrong-key-usage', constant: 'CERT_REQUIRED', errno: -31232, board: 43 },
    { profile: 'wrong-key-usage', constant: 'CERT_NONE', errno: -30592, board: null },
    { profile: 'duplicate-extension', constant: 'CERT_REQUIRED', errno: -9472, board: 42 },
    { profile: 'duplicate-extension', constant: 'CERT_NONE', errno: -9472, board: 42 },
  ] as const;
  const presented = served.map((row) => ({ ...row, cert_reqs: { constant: row.constant } }));
  const cases = rows.flatMap((row) => levels.map((cert_reqs) => ({ ...row, cert_reqs, constant: cert_reqs.constant })));

  test.for([...cases, ...presented])(
    '$profile with $constant',
    async ({ profile, errno, board: number, cert_reqs }) => {
      const certificate = await bench.pki.certificate(profile);
      const args = { cert_reqs, server_hostname: certificate.host, cadata: certificate.ca.der };
      const { board, wire } = await bench.lab.connect(
        { certificate, presentAnyway: true, maxVersion: 'TLSv1.2' },
        { args },
      );
      expect(board.wrap.error).toMatchObject({ type: 'OSError', errno });
      const alerts = number === null ? [{ sender: 'peer', number: 20 }] : [{ sender: 'board', number }];
      expect(wire).toMatchObject({ faults: ['certificate-swap'], alerts, peerCertificates: [certificate.leaf.der] });
    },
  );
});
