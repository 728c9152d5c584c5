import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

const program = `
import { createPki } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
const pki = createPki({ cacheFolder: process.argv[1], clock: () => Date.UTC(2026, 10, 23) });
const names = ['good', 'self-signed', 'with-intermediate', 'p-384'];
const bundles = await Promise.all(names.map((name) => pki.certificate(name, { key: 'rsa-2048' })));
console.log(JSON.stringify(bundles.map(({ key, leaf, ca }) => [key.pem, leaf.pem, ca.pem])));
`;

test('processes that fill one cache at once agree on the keys, and every bundle is whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-processes-'));
  try {
    const args = ['--input-type=module-typescript', '-e', program, folder];
    const outputs = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
    const { createPrivateKey, X509Certificate } = await import('node:crypto');
    const all = outputs.map(({ stdout }) => JSON.parse(stdout) as [string, string, string][]);
    for (const bundles of all) {
      for (const [key, leaf] of bundles) {
        expect(new X509Certificate(leaf).checkPrivateKey(createPrivateKey(key))).toBe(true);
      }
      expect(bundles.map(([key]) => key)).toEqual(all[0]?.map(([key]) => key));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
