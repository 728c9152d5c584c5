import { CertificateStore } from './cache/certificate-store.ts';
import { defaultCacheFolder } from './cache/default-cache-folder.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { Calendar, type WallClock } from './clock.ts';
import { CertgenError } from './errors.ts';
import { KEY_KINDS } from './keys/key-kind.ts';
import { KeyStore } from './keys/key-store.ts';
import { makeBundle } from './make-bundle.ts';
import type { Pki } from './pki.ts';
import { ProfileBuilder } from './profile-builder.ts';
import { findProfile } from './profiles/find-profile.ts';
import type { CertificateProfile } from './recipe/certificate-profile.ts';
import { RecipeContext } from './recipe/recipe-context.ts';

/** Where a certificate authority keeps what it made, and by which clock. */
export interface PkiOptions {
  /** Where keys and certificates are kept. Default: `certs` of the workspace or repository around the working directory. */
  readonly cacheFolder?: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: WallClock;
}

/** The name that certificates are made for unless another is given. */
export const DEFAULT_HOST = 'board.test';

/**
 * A certificate authority for tests: `await createPki().certificate('expired', { host: 'board.test' })`. Errors are
 * `CertgenError` with a stable `code`.
 *
 * @example
 * const pki = createPki({ cacheFolder: '/tmp/certs' });
 * const { leaf, key } = await pki.certificate('expired', { host: 'board.test' });
 */
export function createPki({ cacheFolder = defaultCacheFolder(), clock = Date.now }: PkiOptions = {}): Pki {
  const keys = new KeyStore(cacheFolder);
  const certificates = new CertificateStore(cacheFolder, keys);
  const make = async (profile: CertificateProfile, request: CertificateRequest = {}) => {
    check(request);
    const host = request.host ?? profile.host ?? DEFAULT_HOST;
    const context = new RecipeContext(host, request.key ?? 'p-256', new Calendar(clock()));
    return makeBundle(profile, host, profile.recipe(context), keys, certificates);
  };
  return {
    certificate: async (profile, request) =>
      make(typeof profile === 'string' ? findProfile(profile) : profile, request),
    selfSigned: async (request = {}) => {
      check(request);
      const { selfSigned } = await import('./self-signed.ts');
      return selfSigned(request.host ?? DEFAULT_HOST, request.key ?? 'p-256', clock);
    },
    profile: (name) => new ProfileBuilder(findProfile(name), make),
  };
}

/** Letters, digits, dots, hyphens, underscores, colons; `*` for whoever asks for a wildcard. */
const HOST_PATTERN = /^[\w.*:-]{1,253}$/;

function check({ host, key }: CertificateRequest): void {
  if (host !== undefined && !HOST_PATTERN.test(host)) {
    throw new CertgenError(
      'BAD_REQUEST',
      `${JSON.stringify(host)} is no host name or address: use letters, digits, dots and hyphens (A-labels for other scripts).`,
    );
  }
  if (key !== undefined && !KEY_KINDS.includes(key)) {
    throw new CertgenError(
      'BAD_REQUEST',
      `${JSON.stringify(key)} is no kind of key: use one of ${KEY_KINDS.join(', ')}.`,
    );
  }
}
