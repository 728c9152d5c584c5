import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { CertificateBundle } from './certificate-bundle.ts';
import { createPki } from './create-pki.ts';
import { KEY_KINDS } from './keys/key-kind.ts';
import { PROFILES, type ProfileName } from './profiles/index.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const day = 86_400_000;
/** One cache, so that each key of this file is made once; what damages a cache takes one of its own. */
const shared = await mkdtemp(join(tmpdir(), 'wirewrap-pki-'));

afterAll(() => rm(shared, { recursive: true, force: true }));

function pkiAt(nowMs = noon, cacheFolder = shared) {
  return createPki({ cacheFolder, clock: () => nowMs });
}

/** A cache folder for one test. */
async function ownCache(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-pki-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function whole({ leaf, key }: CertificateBundle): boolean {
  return new X509Certificate(leaf.pem).checkPrivateKey(createPrivateKey(key.pem));
}

async function files(cacheFolder: string, part: 'keys' | 'certificates'): Promise<string[]> {
  const folder = join(cacheFolder, 'cache', part);
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

describe('a bundle', () => {
  test('is the same in PEM and DER', async () => {
    const { leaf, key, ca, chainPem, combinedPem } = await pkiAt().certificate('with-intermediate');
    expect(new X509Certificate(leaf.pem).raw).toEqual(Buffer.from(leaf.der));
    expect(new X509Certificate(ca.pem).raw).toEqual(Buffer.from(ca.der));
    expect(
      createPrivateKey({ key: Buffer.from(key.der), format: 'der', type: 'pkcs8' }).equals(createPrivateKey(key.pem)),
    ).toBe(true);
    expect(chainPem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(combinedPem).toBe(key.pem + chainPem);
  });

  test.for(KEY_KINDS)('is made for a key of kind %s', async (key) => {
    const bundle = await pkiAt().certificate('good', { key, host: 'kind.test' });
    expect(whole(bundle)).toBe(true);
    expect(new X509Certificate(bundle.leaf.der).verify(new X509Certificate(bundle.ca.der).publicKey)).toBe(true);
  });

  test('is small: a board keeps it in memory', async () => {
    expect((await pkiAt().certificate('good')).leaf.der.length).toBeLessThan(450);
    expect((await pkiAt().certificate('good', { key: 'rsa-2048' })).leaf.der.length).toBeLessThan(850);
  });

  test.for(['127.0.0.1', '::1', '::ffff:192.0.2.1', '0:0:0:0:0:0:0.0.0.0'])(
    'for the address %s has it as iPAddress',
    async (host) => {
      const { leaf } = await pkiAt().certificate('good', { host });
      expect(new X509Certificate(leaf.der).checkIP(host)).toBe(host);
    },
  );

  test('has as anchor the root that the client has, not the issuer', async () => {
    const pki = pkiAt();
    const [good, untrusted] = [await pki.certificate('good'), await pki.certificate('untrusted-ca')];
    expect(untrusted.ca.der).toEqual(good.ca.der);
    expect(new X509Certificate(untrusted.leaf.der).issuer).not.toBe(new X509Certificate(good.ca.der).subject);
  });

  test.for(['', 'two words', 'bücher.test', 'a\0b', 'x'.repeat(300)])('is refused for the host %j', async (host) => {
    await expect(pkiAt().certificate('good', { host })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('is refused for an unknown kind of key or profile', async () => {
    await expect(pkiAt().certificate('good', { key: 'rsa-512' as 'p-256' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(pkiAt().certificate('expird' as ProfileName)).rejects.toThrow('did you mean expired?');
  });
});

/** tbsCertificate: everything but the signature. Public keys are the same where the cache is. */
function signedPart(der: Uint8Array): string {
  const bytes = Buffer.from(der);
  const outer = header(bytes, 0);
  const tbs = header(bytes, outer.size);
  return bytes.subarray(outer.size, outer.size + tbs.size + tbs.length).toString('hex');
}

/** Size of a DER header and the length that it announces. */
function header(bytes: Buffer, at: number): { size: number; length: number } {
  const first = bytes.readUInt8(at + 1);
  const more = first < 0x80 ? 0 : first & 0x7f;
  return { size: 2 + more, length: more === 0 ? first : bytes.readUIntBE(at + 2, more) };
}

test('a certificate without extensions has no empty list of them', async () => {
  const { leaf } = await pkiAt().certificate('no-extensions');
  // [3] EXPLICIT with an empty SEQUENCE.
  expect(signedPart(leaf.der)).not.toMatch(/a3023000$/);
  expect(whole(await pkiAt().certificate('no-extensions'))).toBe(true);
});

describe('the same recipe and clock', () => {
  // The keys of the shared cache and none of its certificates, so that every certificate is made again.
  let again: string;
  beforeAll(async () => {
    again = await mkdtemp(join(tmpdir(), 'wirewrap-pki-'));
    for (const folder of [shared, again]) await mkdir(join(folder, 'cache'), { recursive: true });
    await mkdir(join(shared, 'cache', 'keys'), { recursive: true });
    await symlink(join(shared, 'cache', 'keys'), join(again, 'cache', 'keys'));
    return () => rm(again, { recursive: true });
  });

  test.for(PROFILES.filter(({ group, name }) => group !== 'files' && name !== 'trailing-byte'))(
    '$name gives the same bytes',
    async ({ name }) => {
      const first = await pkiAt().certificate(name);
      const second = await pkiAt(noon, again).certificate(name);
      expect(signedPart(second.leaf.der)).toBe(signedPart(first.leaf.der));
    },
  );

  test('gives the same serials in another cache', async () => {
    const serial = async (folder: string) =>
      new X509Certificate((await pkiAt(noon, folder).certificate('self-signed')).leaf.der).serialNumber;
    expect(await serial(await ownCache())).toBe(await serial(shared));
  });

  test('serials differ between profiles of one authority', async () => {
    const pki = pkiAt();
    const rows = PROFILES.filter(({ group, name }) => group === 'basic' && name !== 'missing-intermediate');
    const serials = await Promise.all(
      rows.map(async ({ name }) => new X509Certificate((await pki.certificate(name)).leaf.der).serialNumber),
    );
    // `missing-intermediate` is the same leaf as `with-intermediate`.
    expect(new Set(serials).size).toBe(rows.length);
  });
});

describe('the clock', () => {
  test.for([-40, -5, 0, 1, 10, 40])('good is good %i years from now', async (years) => {
    const now = noon + years * 365 * day;
    const { validFromDate, validToDate } = new X509Certificate((await pkiAt(now).certificate('good')).leaf.der);
    expect(validFromDate.getTime()).toBeLessThan(now - 300 * day);
    expect(validToDate.getTime()).toBeGreaterThan(now + 9 * 365 * day);
  });

  test('a recipe does not go stale in the cache', async () => {
    const soon = await pkiAt().certificate('expires-soon');
    const later = await pkiAt(noon + 3_600_000).certificate('expires-soon');
    expect(new X509Certificate(later.leaf.der).validToDate.getTime()).toBe(noon + 3_660_000);
    expect(later.leaf.der).not.toEqual(soon.leaf.der);
    const nextYear = await pkiAt(noon + 365 * day).certificate('expired');
    expect(new X509Certificate(nextYear.leaf.der).validToDate.getTime()).toBeGreaterThan(noon + 363 * day);
  });
});

describe('the cache', () => {
  test('makes nothing the second time', async () => {
    const cache = await ownCache();
    const first = await pkiAt(noon, cache).certificate('with-intermediate');
    const before = await Promise.all(
      [...(await files(cache, 'keys')), ...(await files(cache, 'certificates'))].map(
        async (path) => (await stat(path)).mtimeMs,
      ),
    );
    const second = await pkiAt(noon + 1000, cache).certificate('with-intermediate');
    const after = await Promise.all(
      [...(await files(cache, 'keys')), ...(await files(cache, 'certificates'))].map(
        async (path) => (await stat(path)).mtimeMs,
      ),
    );
    expect(second).toEqual(first);
    expect(after).toEqual(before);
  });

  test('keeps keys to its owner', async () => {
    const cache = await ownCache();
    await pkiAt(noon, cache).certificate('good');
    for (const path of await files(cache, 'keys')) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test.for(['keys', 'certificates'] as const)('heals when its %s are cut short, empty or altered', async (part) => {
    const cache = await ownCache();
    await pkiAt(noon, cache).certificate('with-intermediate');
    const damages: ((path: string) => Promise<void>)[] = [
      (path) => truncate(path, 100),
      (path) => writeFile(path, ''),
      async (path) => writeFile(path, (await readFile(path, 'utf8')).replace(/[A-Z](?=[^A-Z]*$)/, '0')),
    ];
    for (const damage of damages) {
      for (const path of await files(cache, part)) await damage(path);
      const bundle = await pkiAt(noon, cache).certificate('with-intermediate');
      expect(whole(bundle)).toBe(true);
      expect(
        new X509Certificate(bundle.leaf.der).verify(new X509Certificate(bundle.intermediates[0]?.der ?? '').publicKey),
      ).toBe(true);
      expect(await pkiAt(noon, cache).certificate('with-intermediate')).toEqual(bundle);
    }
  });

  test('a new key brings new certificates', async () => {
    const cache = await ownCache();
    const before = await pkiAt(noon, cache).certificate('good');
    await rm(join(cache, 'cache', 'keys'), { recursive: true });
    const after = await pkiAt(noon, cache).certificate('good');
    expect(after.key.pem).not.toBe(before.key.pem);
    expect(whole(after)).toBe(true);
  });

  test('takes back the rights of others on a key', async () => {
    const cache = await ownCache();
    await pkiAt(noon, cache).certificate('good');
    const [path = ''] = await files(cache, 'keys');
    await chmod(path, 0o644);
    await pkiAt(noon, cache).certificate('good');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

test.for(PROFILES)('node:tls takes $name as the table says', async ({ name, nodeTls, openssl }) => {
  const { key, chainPem } = await pkiAt().certificate(name);
  const load = (ciphers?: string) => () => createSecureContext({ key: key.pem, cert: chainPem, ciphers });
  // Where versions of OpenSSL differ, so do versions of Node.
  if (openssl.parses === 'depends') return;
  if (nodeTls !== 'refuses') expect(load('ALL:@SECLEVEL=0')).not.toThrow();
  else if (!name.startsWith('empty-')) expect(load('ALL:@SECLEVEL=0')).toThrow();
});

test('PKCS#12 opens with its password', async () => {
  const { pkcs12 } = await pkiAt().certificate('pkcs12');
  const pfx = Buffer.from(pkcs12?.der ?? '');
  expect(() => createSecureContext({ pfx, passphrase: pkcs12?.password })).not.toThrow();
  expect(() => createSecureContext({ pfx, passphrase: 'wrong' })).toThrow(/mac verify failure/i);
});
