import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createPki } from './create-pki.ts';
import { derOf, fileOf } from './pem.ts';
import { PROFILES } from './profiles/index.ts';

const numRuns = Number(process.env.WIREWRAP_FUZZ_RUNS ?? 200);
// Only what hangs takes so long: at load 16 on two cores 200 runs took 160 s.
const timeout = 60_000 + numRuns * 3_000;
const cacheFolder = await mkdtemp(join(tmpdir(), 'wirewrap-fuzz-'));
const clock = () => Date.UTC(2026, 10, 23);

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
const hostName = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => labels.join('.'));
const host = fc.oneof(hostName, fc.ipV4(), fc.ipV6());

test('a good certificate names any host', { timeout }, async () => {
  const pki = createPki({ cacheFolder, clock });
  await fc.assert(
    fc.asyncProperty(host, async (name) => {
      const { leaf, ca } = await pki.certificate('good', { host: name });
      const read = new X509Certificate(leaf.der);
      expect(isIP(name) === 0 ? read.checkHost(name) : read.checkIP(name)).toBe(name);
      expect(read.checkHost('elsewhere.invalid') ?? read.checkIP('192.0.2.77')).toBeUndefined();
      expect(read.verify(new X509Certificate(ca.der).publicKey)).toBe(true);
    }),
    { numRuns },
  );
});

test('any profile can be made for any host at any time', { timeout }, async () => {
  const time = fc.date({ min: new Date('1975-01-01'), max: new Date('9000-01-01'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PROFILES), host, time, async ({ name }, host, now) => {
      const pki = createPki({ cacheFolder, clock: () => now.getTime() });
      expect((await pki.certificate(name, { host })).profile).toBe(name);
    }),
    // A chain of ten takes ten signatures.
    { numRuns: Math.ceil(numRuns / 4) },
  );
});

test('whatever happens to the cache, key and certificate belong together', { timeout }, async () => {
  const folder = join(cacheFolder, 'damaged');
  await createPki({ cacheFolder: folder, clock }).certificate('good');
  const damage = fc.record({ file: fc.nat(), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 8 }), cut: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, at, bytes, cut }) => {
      const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      const path = paths[file % paths.length] ?? '';
      const content = await readFile(path);
      const place = at % (content.length + 1);
      const rest = cut ? Buffer.alloc(0) : content.subarray(place + bytes.length);
      await writeFile(path, Buffer.concat([content.subarray(0, place), bytes, rest]));
      const { leaf, key, ca } = await createPki({ cacheFolder: folder, clock }).certificate('good');
      const read = new X509Certificate(leaf.pem);
      expect(read.checkPrivateKey(createPrivateKey(key.pem))).toBe(true);
      expect(read.verify(new X509Certificate(ca.pem).publicKey)).toBe(true);
    }),
    { numRuns },
  );
});

test('PEM holds any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (der) => {
      const { pem } = fileOf('CERTIFICATE', der);
      expect(pem.split('\n').every((line) => line.length <= 64)).toBe(true);
      expect(derOf(pem)).toEqual(der);
    }),
    { numRuns },
  );
});
