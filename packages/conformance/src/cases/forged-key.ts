import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { type CertificateBundle, toPem } from '@wirewrap/certgen';

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, sequence: 0x30, curve: 0xa0, publicKey: 0xa1 } as const;
/** The object identifier of P-256, whole. */
const P_256 = Buffer.from('06082a8648ce3d030107', 'hex');

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const coordinate = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');

/**
 * The bundle of a peer that has somebody else's certificate and not its key: the private number is another one, the point
 * beside it is the certificate's. OpenSSL compares points only, so that it signs with the wrong key and goes on.
 *
 * @throws RangeError when the key is not of P-256
 */
export function withForgedKey(bundle: CertificateBundle): CertificateBundle {
  const own = createPrivateKey(bundle.key.pem).export({ format: 'jwk' });
  if (own.crv !== 'P-256') throw new RangeError(`a key is forged for P-256, and this one is ${own.crv ?? own.kty}`);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([0, 4]), coordinate(own.x), coordinate(own.y)]);
  const key = der(
    TAG.sequence,
    der(TAG.integer, Buffer.from([1])),
    der(TAG.octets, coordinate(other.d)),
    der(TAG.curve, P_256),
    der(TAG.publicKey, der(TAG.bits, point)),
  );
  const pem = toPem('EC PRIVATE KEY', key);
  return { ...bundle, key: { der: new Uint8Array(key), pem }, combinedPem: pem + bundle.chainPem };
}
