import { type CertificateStore, entryOf } from './cache/certificate-store.ts';
import type { CertificateBundle, CertificateFile } from './certificate-bundle.ts';
import { shapeFiles } from './files/file-shapes.ts';
import type { KeyStore } from './keys/key-store.ts';
import { fileOf } from './pem.ts';
import type { Recipe } from './recipe/certificate-draft.ts';
import type { CertificateProfile } from './recipe/certificate-profile.ts';

/** Everything of one recipe, from the cache where it was made before. */
export async function makeBundle(
  profile: CertificateProfile,
  host: string,
  recipe: Recipe,
  keys: KeyStore,
  store: CertificateStore,
): Promise<CertificateBundle> {
  const file = async (label: string): Promise<CertificateFile> =>
    fileOf('CERTIFICATE', await store.certificate(recipe, label));
  const reference = recipe.key ?? entryOf(recipe, 'leaf').key;
  const [key, leaf, intermediates, anchors, crls] = await Promise.all([
    keys.key(reference.kind, reference.role),
    file('leaf'),
    Promise.all(recipe.serve.map(file)),
    Promise.all(recipe.trust.map(file)),
    Promise.all((recipe.crls ?? []).map(async (draft) => fileOf('X509 CRL', await store.crl(recipe, draft)))),
  ]);
  const [ca = leaf] = anchors;
  const chainPem = [leaf, ...intermediates].map(({ pem }) => pem).join('');
  const plain: CertificateBundle = {
    profile: profile.name,
    role: profile.role ?? 'server',
    host,
    key: { pem: key.pem, der: new Uint8Array(key.der) },
    leaf,
    intermediates,
    ca,
    anchors,
    crls,
    chainPem,
    combinedPem: key.pem + chainPem,
  };
  return profile.files === undefined ? plain : shapeFiles(plain, profile.files, key.privateKey);
}
