import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPki, type MbedtlsVerdict, PROFILES } from '../src/index.ts';
import { findMicropython, judgeAsClient, judgeAsServer, type MbedtlsSaid, serveFiles } from './micropython.ts';

const micropython = await findMicropython();
const missing = 'missing' in micropython ? ` (skipped: ${micropython.missing})` : '';
const command = 'command' in micropython ? micropython.command : '';
const cacheFolder = await mkdtemp(join(tmpdir(), 'wirewrap-pki-'));
const pki = createPki({ cacheFolder });

afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

function expectVerified(verdict: MbedtlsVerdict, said: MbedtlsSaid): void {
  if (verdict.accepts) expect(said.text).toBe('completed');
  else if ('stops' in verdict) expect(said).toMatchObject({ completed: false, flags: [] });
  else if (verdict.errno !== undefined) expect(said).toMatchObject({ completed: false, errno: verdict.errno });
  else expect(said.flags.toSorted(), said.text).toEqual(verdict.flags.toSorted());
}

/** With CERT_NONE everything completes but what stops before anybody judges. */
function expectUnverified(verdict: MbedtlsVerdict, said: MbedtlsSaid): void {
  expect(said.completed, said.text).toBe(verdict.accepts || 'flags' in verdict);
}

/** What OpenSSL does not present would be its own refusal: tls-lab shows those to the board by another way. */
const servers = PROFILES.filter(
  ({ role, group, nodeTls, notServedIn }) =>
    role !== 'client' && group !== 'files' && nodeTls !== 'refuses' && notServedIn !== 'TLSv1.2',
);
const clients = PROFILES.filter(({ role }) => role === 'client');
const files = PROFILES.filter(({ group, name }) => group === 'files' || name === 'mismatched-key');

describe.skipIf(missing !== '')(`mbedTLS in MicroPython says what the table says${missing}`, () => {
  test.concurrent.for(servers)('$name, from a server', async ({ name, mbedtls }) => {
    const bundle = await pki.certificate(name);
    expectVerified(mbedtls, await judgeAsClient(command, bundle, 'CERT_REQUIRED'));
    expectUnverified(mbedtls, await judgeAsClient(command, bundle, 'CERT_NONE'));
  });

  test.concurrent.for(clients)('$name, from a client', async ({ name, mbedtls }) => {
    const [bundle, own] = [await pki.certificate(name), await pki.certificate('good')];
    expectVerified(mbedtls, await judgeAsServer(command, bundle, own, 'CERT_REQUIRED'));
    expectUnverified(mbedtls, await judgeAsServer(command, bundle, own, 'CERT_NONE'));
  });

  test.concurrent.for(files)('$name, in the hands of MicroPython', async ({ name, mbedtls }) => {
    const said = await serveFiles(command, await pki.certificate(name));
    expect(said.completed, said.text).toBe(mbedtls.accepts);
    const raises = /ValueError\('invalid (?:key|cert)'\)/.exec('stops' in mbedtls ? mbedtls.stops : '')?.[0];
    if (raises !== undefined) expect(said.text).toBe(raises.replace(')', ',)'));
  });
});
