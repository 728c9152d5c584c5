import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPki } from './create-pki.ts';

const noon = Date.UTC(2026, 10, 23, 12);
// Nothing is kept: a cache folder that cannot be made is never asked for.
const pki = createPki({ cacheFolder: '/dev/null/none', clock: () => noon });

test.for(['board.test', '127.0.0.1', '::1'])('one call gives a key and a certificate for %s', async (host) => {
  const { leaf, key, ca, combinedPem } = await pki.selfSigned({ host });
  const read = new X509Certificate(leaf.pem);
  expect(read.checkPrivateKey(createPrivateKey(key.pem))).toBe(true);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(host === 'board.test' ? read.checkHost(host) : read.checkIP(host)).toBe(host);
  expect(read.validFromDate.getTime()).toBe(noon);
  expect(Buffer.from(leaf.der)).toEqual(read.raw);
  expect(ca).toBe(leaf);
  expect(
    createPrivateKey(combinedPem).equals(createPrivateKey({ key: Buffer.from(key.der), format: 'der', type: 'pkcs8' })),
  ).toBe(true);
});

test('each call makes another key', async () => {
  const [one, other] = [await pki.selfSigned(), await pki.selfSigned()];
  expect(one.key.pem).not.toBe(other.key.pem);
});

test('it makes RSA keys, and names the kinds that it does not make', async () => {
  const { leaf } = await pki.selfSigned({ key: 'rsa-2048' });
  expect(new X509Certificate(leaf.der).publicKey.asymmetricKeyType).toBe('rsa');
  await expect(pki.selfSigned({ key: 'ed25519' })).rejects.toThrow(
    'selfSigned makes no ed25519 keys: use one of rsa-2048',
  );
  await expect(pki.selfSigned({ host: 'two words' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
