import { createPki } from '@wirewrap/certgen';
import { beforeAll, describe, expect, test } from 'vitest';
import { certificateFromPem } from './certificate-from-pem.ts';

describe("one's own PEM", () => {
  const pki = createPki();
  let made: Awaited<ReturnType<typeof pki.certificate>>;
  let other: typeof made;
  beforeAll(async () => {
    made = await pki.certificate('good');
    other = await pki.certificate('self-signed');
  });

  test('is what certgen would have given', () => {
    const read = certificateFromPem({ key: made.key.pem, cert: made.chainPem, ca: made.ca.pem });
    expect(read.host).toBe(made.host);
    expect(Buffer.from(read.leaf.der)).toEqual(Buffer.from(made.leaf.der));
    expect(read.intermediates).toHaveLength(made.intermediates.length);
    expect(Buffer.from(read.ca.der)).toEqual(Buffer.from(made.ca.der));
    expect(Buffer.from(read.key.der)).toEqual(Buffer.from(made.key.der));
  });

  test.for<[what: string, files: () => { key: string; cert: string }, says: RegExp]>([
    ['no key', () => ({ key: 'secret words', cert: made.chainPem }), /^certificateFromPem: key is no private key/],
    ['no certificate', () => ({ key: made.key.pem, cert: made.key.pem }), /cert holds no PEM block CERTIFICATE\.$/],
    ['another key', () => ({ key: other.key.pem, cert: made.chainPem }), /key belongs to another certificate/],
  ])('%s', ([, files, says]) => {
    expect(() => certificateFromPem(files())).toThrow(
      expect.objectContaining({ code: 'BAD_CERTIFICATE', message: expect.stringMatching(says) }),
    );
  });
});
