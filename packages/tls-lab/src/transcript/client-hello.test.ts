import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { readTlsClientHello } from 'read-tls-client-hello';
import { describe, expect, test } from 'vitest';
import { clientHello } from './client-hello.ts';
import { HandshakeStream } from './handshake-stream.ts';
import { RecordStream } from './record-stream.ts';

type Recorded = Record<string, { readonly hex: string }>;

const file = new URL('../../../../fixtures/sessions/client-hellos.json', import.meta.url);
const firmwares = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Recorded>);
const HELLOS = firmwares.flatMap(([firmware, cases]) =>
  Object.entries(cases).map(([name, { hex }]) => ({ firmware, name, bytes: Buffer.from(hex, 'hex') })),
);

function parse(bytes: Buffer) {
  const [record] = new RecordStream().push(bytes, 0);
  const [message] = new HandshakeStream().push(record?.fragment ?? new Uint8Array());
  return clientHello('board', message?.body ?? new Uint8Array());
}

describe('the ClientHellos of real ESP32 firmware', () => {
  test.for(HELLOS)('$firmware, $name', ({ firmware, name, bytes }) => {
    const hello = parse(bytes);
    const old = firmware === 'esp32-1.18' || firmware === 'esp32-1.20';
    expect(hello).toMatchObject({ sender: 'board', legacyVersion: 0x0303, versions: ['TLSv1.2'], alpn: [] });
    expect(hello?.serverName).toBe(name === 'server_hostname' ? 'board.test' : null);
    expect(hello?.cipherSuites).toHaveLength(old ? 49 : 59);
    expect(hello?.cipherSuites[0]).toEqual({ number: 0xc02c, name: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384' });
    expect(hello?.cipherSuites.at(-1)).toEqual({ number: 0xff, name: 'TLS_EMPTY_RENEGOTIATION_INFO_SCSV' });
    expect(hello?.groups.map((group) => group.name)).toEqual(
      old
        ? [
            'secp521r1',
            'brainpoolP512r1',
            'secp384r1',
            'brainpoolP384r1',
            'secp256r1',
            'secp256k1',
            'brainpoolP256r1',
            'secp224r1',
            'secp224k1',
            'secp192r1',
            'secp192k1',
          ]
        : ['secp256r1', 'secp384r1', 'secp521r1'],
    );
    expect(hello?.signatureAlgorithms.map((scheme) => scheme.name)).toContain('ecdsa_secp256r1_sha256');
    expect(Buffer.from(hello?.raw ?? [])).toEqual(bytes.subarray(5));
  });

  test.for(HELLOS)('$firmware, $name: read-tls-client-hello reads the same', async ({ bytes }) => {
    const stream = new PassThrough();
    stream.write(bytes);
    const theirs = await readTlsClientHello(stream);
    const ours = parse(bytes);
    expect(ours?.cipherSuites.map((suite) => suite.number)).toEqual(theirs.cipherSuites);
    expect(ours?.extensions).toEqual(theirs.extensions.map((extension) => extension.id));
    expect(ours?.legacyVersion).toBe(theirs.version);
  });
});
