import { type CertificateBundle, derOf } from '@wirewrap/certgen';
import { execa } from 'execa';
import { TlsLabError } from '../tls-lab-error.ts';
import { OpensslFolder } from './openssl-options.ts';

/** The bundle with a self-signed certificate for its own key, which OpenSSL loads whatever is wrong with the real one. */
export async function standInFor(bundle: CertificateBundle): Promise<CertificateBundle> {
  await using folder = await OpensslFolder.create();
  const key = await folder.write('key.pem', bundle.key.pem);
  const args = ['req', '-x509', '-new', '-key', key, '-subj', '/CN=stand-in', '-days', '30'];
  const { stdout: pem, stderr, exitCode, code } = await execa('openssl', args, { reject: false, cwd: folder.path });
  if (exitCode !== 0) {
    const reason = code === 'ENOENT' ? 'openssl is not on PATH; install it' : stderr.trim();
    throw new TlsLabError('OPENSSL', `No stand-in for the certificate "${bundle.profile}" could be made (${reason}).`);
  }
  const leaf = { pem: `${pem}\n`, der: derOf(pem) };
  return { ...bundle, leaf, intermediates: [], chainPem: leaf.pem, combinedPem: bundle.key.pem + leaf.pem };
}
