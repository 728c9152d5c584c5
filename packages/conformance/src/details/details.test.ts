import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownSecrets } from '@wirewrap/boards';
import { createPki } from '@wirewrap/certgen';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RUN_DETAILS_SCHEMA, type RunDetails } from './case-detail.ts';
import { detailsPathOf, readRunDetails, writeRunDetails } from './details-file.ts';
import { plainValue } from './plain-value.ts';
import { toSerialLog, withoutSecrets } from './secrets.ts';
import { toCertificateDetail } from './to-certificate-detail.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-details-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('secrets', () => {
  const key = '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----';
  test.for([
    ['a private key', `a ${key} b`, 'a [private key left out] b'],
    ['a private key that was cut off', 'a -----BEGIN PRIVATE KEY-----\nAAAA', 'a [private key left out]'],
    ['the Wi-Fi password', "connect('home', 'hunter22')", "connect('home', '[password left out]')"],
    ['nothing', 'plain', 'plain'],
  ] as const)('%s', ([, text, expected]) => {
    expect(withoutSecrets(text, ['hunter22'])).toBe(expected);
  });

  test('an empty password (an open network) takes nothing away', () => {
    expect(withoutSecrets('text', knownSecrets({ WIREWRAP_WIFI_PASSWORD: '' }))).toBe('text');
  });

  test('bytes and nested values are cleaned too', () => {
    expect(plainValue([{ cert: Buffer.from(key) }, key])).toEqual([
      { cert: { bytes: '', length: key.length, text: '[private key left out]' } },
      '[private key left out]',
    ]);
  });

  test('of a long serial log the end is kept', () => {
    const log = toSerialLog(`${'x'.repeat(20_000)}END`, []);
    expect(log.length).toBeLessThan(16_400);
    expect(log).toMatch(/^\[…\]x+END$/);
  });
});

describe('values', () => {
  test.for([
    [new Uint8Array([0x70, 0x0a]), { bytes: '700a', length: 2, text: 'p\n' }],
    [new Uint8Array([0, 255]), { bytes: '00ff', length: 2 }],
    [12n, '12'],
    [Number.NaN, 'NaN'],
    [undefined, null],
    [new Set([1]), [1]],
    [new Map([['a', 1n]]), [['a', '1']]],
  ] as const)('%s', ([value, expected]) => {
    expect(plainValue(value)).toEqual(expected);
  });
});

describe('certificates', () => {
  test('are told as openssl tells them', async () => {
    const bundle = await createPki({ cacheFolder: await temporaryFolder() }).certificate('good', {
      host: 'board.test',
    });
    const detail = toCertificateDetail(bundle.leaf.der);
    expect(detail).toMatchObject({
      names: ['DNS:board.test'],
      key: 'ec prime256v1',
      authority: false,
      selfIssued: false,
    });
    const fingerprint = execFileSync('openssl', ['x509', '-noout', '-fingerprint', '-sha256'], { input: detail.pem });
    expect(String(fingerprint).trim().split('=')[1]).toBe(detail.sha256);
    expect(new Date(detail.notAfter).toISOString()).toBe(detail.notAfter);
  });

  test('bytes that are no certificate are kept and said to be unreadable', () => {
    expect(toCertificateDetail(new Uint8Array([1, 2, 3]))).toMatchObject({
      subject: '',
      unreadable: expect.any(String),
    });
  });
});

describe('the file beside the record', () => {
  const details: RunDetails = {
    schema: RUN_DETAILS_SCHEMA,
    board: { machine: 'x' },
    startedAt: '2026-01-01T00:00:00.000Z',
    cases: ['a', 'b'].map((name) => ({
      case: name,
      test: name,
      file: 'f',
      status: 'passed',
      durationMs: 1,
      handshakes: [],
    })),
  };

  test('goes out whole and comes back; none is null', async () => {
    const path = detailsPathOf(join(await temporaryFolder(), 'latest.json'));
    expect(path).toMatch(/latest\.details\.json$/);
    expect(await readRunDetails(path)).toBeNull();
    await writeRunDetails(path, details);
    expect(await readRunDetails(path)).toEqual(details);
    expect((await readFile(path, 'utf8')).split('\n').filter((line) => line.includes('"case"'))).toHaveLength(2);
    await writeRunDetails(path, { ...details, cases: [] });
    expect(await readRunDetails(path)).toEqual({ ...details, cases: [] });
  });

  test.for([
    ['{', /is not JSON/],
    ['{"schema":"wirewrap.run-record/1","cases":[]}', /does not hold the details of a run/],
    [`{"schema":"${RUN_DETAILS_SCHEMA}","cases":[{}]}`, /does not hold the details of a run/],
  ] as const)('%s is refused in one sentence', async ([text, message]) => {
    const path = join(await temporaryFolder(), 'bad.details.json');
    await writeFile(path, text);
    await expect(readRunDetails(path)).rejects.toThrow(message);
  });
});
