import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyBlock, trafficKeys } from './key-derivation.ts';
import { RecordProtection } from './record-protection.ts';
import { suiteParameters } from './suite-parameters.ts';

const SUITES = [
  { name: 'AES-GCM', number: 0xc02b, versions: [0x0303] },
  { name: 'AES-256-CCM-8', number: 0xc0af, versions: [0x0303] },
  { name: 'ChaCha20', number: 0xcca9, versions: [0x0303] },
  { name: 'AES-CBC, SHA-1', number: 0xc009, versions: [0x0301, 0x0302, 0x0303] },
  { name: 'AES-CBC, SHA-384', number: 0xc024, versions: [0x0303] },
  { name: 'Camellia-CBC', number: 0xc072, versions: [0x0303] },
  { name: 'ARIA-GCM', number: 0xc05c, versions: [0x0303] },
  { name: 'NULL-SHA', number: 0xc006, versions: [0x0301, 0x0303] },
  { name: 'TLS_AES_128_GCM_SHA256', number: 0x1301, versions: [0x0304] },
  { name: 'TLS_CHACHA20_POLY1305_SHA256', number: 0x1303, versions: [0x0304] },
  { name: 'TLS_AES_128_CCM_8_SHA256', number: 0x1305, versions: [0x0304] },
].flatMap(({ name, number, versions }) => versions.map((version) => ({ name, number, version })));

function make(number: number, version: number, encryptThenMac: boolean): RecordProtection {
  const suite = suiteParameters(number);
  if (suite === null) throw new Error(`no parameters for ${number}`);
  const secret = Buffer.alloc(48, 7);
  const random = Buffer.alloc(32, 9);
  const keys = version >= 0x0304 ? trafficKeys(suite, secret) : keyBlock(version, suite, secret, random, random).client;
  return new RecordProtection(version, suite, keys, encryptThenMac);
}

describe('what is sealed can be opened, and only under its number', () => {
  test.for(SUITES)('$name in version $version', ({ number, version }) => {
    const property = fc.property(
      fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (contents, encryptThenMac) => {
        const [sealing, opening] = [make(number, version, encryptThenMac), make(number, version, encryptThenMac)];
        for (const [sequence, content] of contents.entries()) {
          const fragment = sealing.seal(sequence, 23, 0x0303, content);
          const type = sealing.outerType(23);
          expect(opening.open(sequence + 1, type, 0x0303, fragment)).toBeNull();
          expect(opening.open(sequence, type, 0x0303, fragment)).toEqual({ type: 23, bytes: Buffer.from(content) });
        }
      },
    );
    fc.assert(property, { numRuns: 20 });
  });
});

test('the keys of RFC 8448, section 3 (server handshake traffic)', () => {
  const suite = suiteParameters(0x1301);
  const secret = Buffer.from('b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38', 'hex');
  const keys = suite === null ? null : trafficKeys(suite, secret);
  expect(keys?.key.toString('hex')).toBe('3fce516009c21727d0f2e4e86ee403bc');
  expect(keys?.iv.toString('hex')).toBe('5d313eb2671276ee13000b30');
});

test('suites that cannot be decrypted have no parameters', () => {
  expect(suiteParameters(0x0005)).toBeNull();
  expect(suiteParameters(0xbeef)).toBeNull();
});
