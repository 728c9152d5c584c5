import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Issuer } from '../encode/build-certificate.ts';
import { CertgenError } from '../errors.ts';
import type { KeyPair, KeyStore } from '../keys/key-store.ts';
import { log } from '../log.ts';
import type { Recipe, RecipeEntry, RevocationDraft } from '../recipe/certificate-draft.ts';
import { serialOf } from '../recipe/serial.ts';
import { readSealed, writeSealed } from '../sealed-file.ts';
import { pruneFolder } from './prune.ts';

/** Certificates by everything that goes into them, public keys included: what is found is always what would be made. */
export class CertificateStore {
  readonly #folder: string;
  readonly #keys: KeyStore;
  #pruned = false;
  readonly #certificates = new Map<string, Promise<Buffer>>();

  constructor(cacheFolder: string, keys: KeyStore) {
    this.#folder = join(cacheFolder, 'cache', 'certificates');
    this.#keys = keys;
  }

  /** The DER of one certificate of the recipe. */
  async certificate(recipe: Recipe, label: string): Promise<Buffer> {
    const entry = entryOf(recipe, label);
    const key = await this.#keys.key(entry.key.kind, entry.key.role);
    const issuer = await this.#issuer(recipe, entry, key);
    return this.#kept(fingerprint(entry, key, issuer), () => make(entry, key, issuer));
  }

  /** The DER of one revocation list of the recipe. */
  async crl(recipe: Recipe, draft: RevocationDraft): Promise<Buffer> {
    const { subject, key: reference, hash, padding } = entryOf(recipe, draft.issuer);
    const key = await this.#keys.key(reference.kind, reference.role);
    const serials = draft.revokes.map((label) => serialOf(entryOf(recipe, label)));
    const recipeHash = createHash('sha256').update(
      JSON.stringify([GENERATION, 'crl', draft, subject, serials, hash, padding]),
    );
    const name = recipeHash.update(key.spki).digest('hex').slice(0, 32);
    return this.#kept(name, async () =>
      (await import('../encode/build-crl.ts')).buildCrl(draft, serials, { subject, key }),
    );
  }

  async #issuer(recipe: Recipe, entry: RecipeEntry, key: KeyPair): Promise<Issuer> {
    const { signedWith } = entry;
    const forged = signedWith === undefined ? null : await this.#keys.key(signedWith.kind, signedWith.role);
    if (entry.issuer === null)
      return { subject: entry.subject, certifiedKey: key, signingKey: forged ?? key, self: true };
    const { subject, key: reference } = entryOf(recipe, entry.issuer);
    const certifiedKey = await this.#keys.key(reference.kind, reference.role);
    return { subject, certifiedKey, signingKey: forged ?? certifiedKey, self: false };
  }

  #pruneOnce(): void {
    if (this.#pruned) return;
    this.#pruned = true;
    pruneFolder(this.#folder);
  }

  #kept(name: string, build: () => Promise<Buffer>): Promise<Buffer> {
    let certificate = this.#certificates.get(name);
    if (certificate === undefined) {
      certificate = this.#load(join(this.#folder, `${name}.b64`), build);
      this.#certificates.set(name, certificate);
      certificate.catch((error: unknown) => {
        log('%s is not kept: %s', name, error);
        this.#certificates.delete(name);
      });
    }
    return certificate;
  }

  async #load(path: string, build: () => Promise<Buffer>): Promise<Buffer> {
    const cached = readSealed(path);
    if (cached !== null) return Buffer.from(cached, 'base64');
    const der = await build();
    writeSealed(path, der.toString('base64'));
    this.#pruneOnce();
    return der;
  }
}

export function entryOf(recipe: Recipe, label: string): RecipeEntry {
  const entry = recipe.certificates[label];
  if (entry === undefined)
    throw new CertgenError(
      'BAD_RECIPE',
      `The recipe names a certificate ${JSON.stringify(label)}; it has ${Object.keys(recipe.certificates).join(', ')}.`,
    );
  return entry;
}

/** The library is loaded when something has to be made, not when everything comes from the cache. */
async function make(entry: RecipeEntry, key: KeyPair, issuer: Issuer): Promise<Buffer> {
  const serial = serialOf(entry);
  const { buildCertificate } = await import('../encode/build-certificate.ts');
  return buildCertificate(entry, serial, key, issuer);
}

/** Raised when a change of the code makes other bytes from the same recipe. */
const GENERATION = 1;

function fingerprint(entry: RecipeEntry, key: KeyPair, issuer: Issuer): string {
  const hash = createHash('sha256').update(JSON.stringify([GENERATION, entry, issuer.subject]));
  for (const { spki } of [key, issuer.certifiedKey, issuer.signingKey]) hash.update(spki);
  return hash.digest('hex').slice(0, 32);
}
