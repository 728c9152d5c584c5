import { describe, expect, test } from 'vitest';
import { readShimFlags } from './shim-flags.ts';

const can = { tls13: true };

describe('flags of the runner', () => {
  test('a client without further flags echoes over one connection', () => {
    expect(readShimFlags(['-port', '4433'], can)).toMatchObject({
      port: 4433,
      server: false,
      deferred: false,
      shutsDown: false,
      readSize: 512,
    });
  });

  test('a server gets key and certificate, and asks for one of the client', () => {
    const flags = [
      '-port',
      '1',
      '-server',
      '-key-file',
      'k.pem',
      '-cert-file',
      'c.pem',
      '-require-any-client-certificate',
    ];
    expect(readShimFlags(flags, can)).toMatchObject({
      server: true,
      key: 'k.pem',
      certificate: 'c.pem',
      asksForCertificate: true,
    });
  });

  test.for([
    ['-resume-count', '-resume-count: sessions can be neither kept nor resumed'],
    ['-psk', '-psk: no pre-shared keys'],
    ['-select-alpn', '-select-alpn: no ALPN or NPN'],
    ['-dtls', '-dtls: DTLS goes over UDP; BoGo frames it in TCP, which no board does'],
    ['-flag-of-tomorrow', '-flag-of-tomorrow: MicroPython has nothing for this flag'],
  ] as const)('%s is not implemented, with its reason', ([flag, says]) => {
    const read = readShimFlags(['-port', '1', '-server', flag, '1'], can);
    expect('flag' in read && `${read.flag}: ${read.reason}`).toBe(says);
  });

  test.for([
    ['-min-version', '771', true, true],
    ['-min-version', '772', true, false],
    ['-max-version', '772', true, true],
    ['-max-version', '771', true, false],
    ['-max-version', '771', false, true],
  ] as const)('%s %s where TLS 1.3 is %s: the firmware keeps it by itself: %s', ([flag, limit, tls13, kept]) => {
    expect('flag' in readShimFlags(['-port', '1', flag, limit], { tls13 })).toBe(!kept);
  });

  test('a firmware without TLS 1.3 needs not be told so', () => {
    expect('flag' in readShimFlags(['-port', '1', '-no-tls13'], { tls13: false })).toBe(false);
    expect('flag' in readShimFlags(['-port', '1', '-no-tls13'], can)).toBe(true);
  });
});
