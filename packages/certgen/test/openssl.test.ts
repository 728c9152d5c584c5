import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPki, type OpensslSays, PROFILES } from '../src/index.ts';
import { OpensslOracle, opensslVersion, type Said } from './openssl.ts';

const version = await opensslVersion();
const missing = version === null ? ' (skipped: the openssl command is missing)' : '';
const cacheFolder = await mkdtemp(join(tmpdir(), 'wirewrap-pki-'));
const now = Date.now();
const pki = createPki({ cacheFolder, clock: () => now });

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

/** Whether one of the table's verdicts is what OpenSSL said: its number, or a part of its words. */
function fits(table: OpensslSays, said: Said): boolean {
  const list: readonly (number | string)[] = typeof table === 'object' ? table : [table];
  return list.some((one) =>
    typeof one === 'number' ? one === said : typeof said === 'string' && new RegExp(one, 'i').test(said),
  );
}

function expectSaid(table: OpensslSays, said: Said): void {
  expect(fits(table, said), `OpenSSL said ${said}; the table says ${table}`).toBe(true);
}

describe.skipIf(version === null)(`every profile against ${version}${missing}`, () => {
  test.concurrent.for(PROFILES)('$name', async ({ name, openssl }) => {
    const bundle = await pki.certificate(name);
    await using oracle = await OpensslOracle.of(bundle, await pki.certificate('good'), now);
    const { parses = true } = openssl;
    if (parses !== 'depends') expect(await oracle.parses()).toEqual({ pem: parses, der: parses });
    expectSaid(openssl.verify, await oracle.verify());
    expectSaid(openssl.handshake ?? openssl.verify, await oracle.handshake());
  });

  test.concurrent.for(PROFILES)('$name, asked for with an RSA key', async ({ name, openssl }) => {
    const bundle = await pki.certificate(name, { key: 'rsa-2048' });
    await using oracle = await OpensslOracle.of(bundle, await pki.certificate('good'), now);
    expectSaid(openssl.verify, await oracle.verify());
  });
});

describe.skipIf(version === null)(`the suite does not age${missing}`, () => {
  const years = [-20, -1, 1, 10, 24, 60];
  test.for(years)('the basic profiles hold %i years from now', async (years) => {
    const then = now + years * 365.25 * 86_400_000;
    const future = createPki({ cacheFolder, clock: () => then });
    const basic = PROFILES.filter(({ group }) => group === 'basic' || group === 'time');
    for (const { name, openssl } of basic) {
      const bundle = await future.certificate(name);
      await using oracle = await OpensslOracle.of(bundle, bundle, then);
      expectSaid(openssl.verify, await oracle.verify());
    }
  });
});
