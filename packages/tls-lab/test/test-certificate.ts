import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateBundle } from '@wirewrap/certgen';
import { execa } from 'execa';

/** A self-signed certificate made by `openssl req`: these tests must not depend on the package that they serve. */
export async function testCertificate(
  host = 'board.test',
  key: 'p-256' | 'rsa-2048' = 'p-256',
): Promise<CertificateBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-certificate-'));
  try {
    const kind = key === 'p-256' ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-newkey', 'rsa:2048'];
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'leaf.pem')];
    const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
    await execa('openssl', ['req', '-x509', '-nodes', '-days', '30', ...kind, ...files, ...names]);
    const keyPem = await readFile(join(folder, 'key.pem'), 'utf8');
    const pem = await readFile(join(folder, 'leaf.pem'), 'utf8');
    const leaf = { pem, der: new Uint8Array(new X509Certificate(pem).raw) };
    const der = createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'der' });
    return {
      profile: 'self-signed',
      role: 'server',
      host,
      key: { pem: keyPem, der: new Uint8Array(der) },
      leaf,
      intermediates: [],
      ca: leaf,
      anchors: [leaf],
      crls: [],
      chainPem: pem,
      combinedPem: keyPem + pem,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
