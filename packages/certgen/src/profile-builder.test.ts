import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPki } from './create-pki.ts';
import { ProfileBuilder } from './profile-builder.ts';
import { findProfile } from './profiles/find-profile.ts';

const cacheFolder = await mkdtemp(join(tmpdir(), 'wirewrap-builder-'));
const pki = createPki({ cacheFolder, clock: () => Date.UTC(2026, 10, 23, 12) });

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

describe('a fluent override', () => {
  test('changes one field and keeps the rest', async () => {
    const { leaf, profile } = await pki
      .profile('good')
      .leaf({ notAfter: '2026-12-24T00:00:00.000Z' })
      .certificate({ host: 'x.test' });
    const read = new X509Certificate(leaf.der);
    expect(profile).toBe('good');
    expect(read.validToDate.toISOString()).toBe('2026-12-24T00:00:00.000Z');
    expect(read.subjectAltName).toBe('DNS:x.test');
  });

  test('may look at the draft, the host and the calendar', async () => {
    const { leaf } = await pki
      .profile('good')
      .leaf(({ altNames }, { calendar }) => ({
        altNames: [...(altNames ?? []), { type: 'ip', value: '::1' }],
        notAfter: calendar.day(2),
      }))
      .certificate();
    const read = new X509Certificate(leaf.der);
    expect(read.subjectAltName).toBe('DNS:board.test, IP Address:0:0:0:0:0:0:0:1');
    expect(read.validToDate.toISOString()).toBe('2026-11-25T00:00:00.000Z');
  });

  test('reaches every certificate of the recipe', async () => {
    const bundle = await pki.profile('with-intermediate').override('intermediate', { hash: 'sha384' }).certificate();
    const other = await pki.certificate('with-intermediate');
    expect(bundle.intermediates[0]?.der).not.toEqual(other.intermediates[0]?.der);
    expect(bundle.ca.der).toEqual(other.ca.der);
  });

  test('names the certificates that there are when asked for another', async () => {
    const missing = pki.profile('good').override('intermediate', { ca: false }).certificate();
    await expect(missing).rejects.toThrow('has no certificate "intermediate": it has root, leaf.');
  });

  test("does not inherit the base's verdicts, and can say its own", () => {
    const changed = pki.profile('expired').leaf({ hash: 'sha1' });
    expect(changed.openssl).toBeUndefined();
    expect(changed.expects({ openssl: { verify: 10 } }).openssl).toEqual({ verify: 10 });
    expect(pki.profile('expired').named('mine').openssl).toEqual({ verify: 10 });
  });

  test('leaves the builder that it came from alone', async () => {
    const base = pki.profile('good');
    base.leaf({ subject: [['CN', 'other']] });
    expect(new X509Certificate((await base.certificate()).leaf.der).subject).toBe('CN=board.test');
  });
});

test('a profile of one’s own is built from labels', async () => {
  const own = new ProfileBuilder(findProfile('good'))
    .named('two-tier')
    .described({ what: 'Two tiers', wrong: null, refuse: null })
    .forHost('mine.test')
    .add('issuing', (c) => c.authority('issuing', 'root', { ca: { pathLength: 0 } }))
    .leaf({ issuer: 'issuing' })
    .serves('issuing')
    .trusts('root');
  const bundle = await pki.certificate(own);
  expect(bundle).toMatchObject({ profile: 'two-tier', host: 'mine.test' });
  const [leaf, issuing, root] = [bundle.leaf, bundle.intermediates[0], bundle.ca].map(
    (file) => new X509Certificate(file?.der ?? ''),
  );
  expect(leaf && issuing && leaf.checkIssued(issuing) && leaf.verify(issuing.publicKey)).toBe(true);
  expect(issuing && root && issuing.checkIssued(root) && issuing.verify(root.publicKey)).toBe(true);
  await expect(own.certificate()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
