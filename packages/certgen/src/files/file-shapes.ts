import type { KeyObject } from 'node:crypto';
import type { CertificateBundle } from '../certificate-bundle.ts';
import { toPem } from '../pem.ts';
import type { FileShapeName } from '../recipe/file-shape-name.ts';
import { FILE_PASSWORD } from './file-password.ts';

type Changed = Partial<CertificateBundle>;
type Shape = (bundle: CertificateBundle, key: KeyObject) => Changed | Promise<Changed>;

/** A chain file that is some other text than the certificates alone. */
function chain(change: (pem: string) => string): (bundle: CertificateBundle) => Changed {
  return (bundle) => {
    const leaf = { ...bundle.leaf, pem: change(bundle.leaf.pem) };
    const chainPem = change(bundle.chainPem);
    return { leaf, chainPem, combinedPem: bundle.key.pem + chainPem };
  };
}

/** The key in another format. The DER follows the PEM. */
function keyFile(make: (key: KeyObject, bundle: CertificateBundle) => { pem: string; der: Uint8Array }): Shape {
  return (bundle, object) => {
    const key = make(object, bundle);
    return { key, combinedPem: key.pem + bundle.chainPem };
  };
}

/** Both the key's and the chain's text changed in the same way. */
function everywhere(change: (pem: string) => string): Shape {
  return (bundle) => ({
    ...chain(change)(bundle),
    key: { ...bundle.key, pem: change(bundle.key.pem) },
    combinedPem: change(bundle.combinedPem),
  });
}

function half<T extends { slice(start: number, end: number): T; readonly length: number }>(whole: T): T {
  return whole.slice(0, Math.floor(whole.length / 2));
}

function traditional(type: 'pkcs1' | 'sec1') {
  return (key: KeyObject) => ({
    pem: key.export({ type, format: 'pem' }) as string,
    der: new Uint8Array(key.export({ type, format: 'der' }) as Buffer),
  });
}

const NOTHING = new Uint8Array();

const shapes: Readonly<Record<FileShapeName, Shape>> = {
  crlf: everywhere((pem) => pem.replaceAll('\n', '\r\n')),
  'text-before': everywhere((pem) => `Subject: board\nThis line is no part of the certificate.\n\n${pem}`),
  'text-after': everywhere((pem) => `${pem}\nThis line is no part of the certificate.\n`),
  'no-final-newline': everywhere((pem) => pem.trimEnd()),
  'byte-order-mark': everywhere((pem) => `\u{feff}${pem}`),
  'one-line': everywhere((pem) =>
    pem.replace(/(-----\n)([^-]+)(\n-----END)/g, (_, begin, body, end) => begin + body.replaceAll('\n', '') + end),
  ),
  'key-and-certificate': ({ combinedPem, leaf, key }) => ({
    key: { ...key, pem: combinedPem },
    leaf: { ...leaf, pem: combinedPem },
    chainPem: combinedPem,
  }),
  'certificate-and-key': ({ chainPem, leaf, key }) => {
    const both = chainPem + key.pem;
    return { key: { ...key, pem: both }, leaf: { ...leaf, pem: both }, chainPem: both, combinedPem: both };
  },
  // Root side first, as some authorities deliver it: the leaf is the last block.
  'chain-reversed': ({ leaf, intermediates, key }) => {
    const chainPem = [leaf, ...intermediates]
      .toReversed()
      .map(({ pem }) => pem)
      .join('');
    return { chainPem, leaf: { ...leaf, pem: chainPem }, combinedPem: key.pem + chainPem };
  },
  pkcs1: keyFile(traditional('pkcs1')),
  sec1: keyFile(traditional('sec1')),
  // As `openssl ecparam -genkey` writes it; the block holds the OID of P-256.
  'ec-parameters': keyFile((key) => {
    const { pem, der } = traditional('sec1')(key);
    return { pem: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem}`, der };
  }),
  encrypted: keyFile((key) => {
    const lock = { type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: FILE_PASSWORD } as const;
    const der = key.export({ ...lock, format: 'der' });
    return { pem: toPem('ENCRYPTED PRIVATE KEY', der), der: new Uint8Array(der) };
  }),
  // forge is loaded for this one only.
  pkcs12: async (bundle, key) => {
    const { toPkcs12 } = await import('./pkcs12.ts');
    return { pkcs12: { der: toPkcs12(bundle, key, FILE_PASSWORD), password: FILE_PASSWORD } };
  },
  'truncated-certificate': (bundle) => {
    const leaf = { pem: half(bundle.leaf.pem), der: half(bundle.leaf.der) };
    return { leaf, chainPem: leaf.pem, combinedPem: bundle.key.pem + leaf.pem };
  },
  'truncated-key': keyFile((_, { key }) => ({ pem: half(key.pem), der: half(key.der) })),
  'empty-certificate': ({ key }) => ({ leaf: { pem: '', der: NOTHING }, chainPem: '', combinedPem: key.pem }),
  'empty-key': keyFile(() => ({ pem: '', der: NOTHING })),
  'key-as-certificate': ({ key }) => ({ leaf: key, chainPem: key.pem, combinedPem: key.pem + key.pem }),
  'certificate-as-key': keyFile((_, { leaf }) => leaf),
  'broken-second-block': chain(
    (pem) => `${pem}-----BEGIN CERTIFICATE-----\nThis is not base64!\n-----END CERTIFICATE-----\n`,
  ),
};

/** The bundle with its files in another shape. */
export async function shapeFiles(
  bundle: CertificateBundle,
  shape: FileShapeName,
  key: KeyObject,
): Promise<CertificateBundle> {
  return { ...bundle, ...(await shapes[shape](bundle, key)) };
}
