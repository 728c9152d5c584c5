import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const MISSING = 'the openssl command is not installed on the host';

const engine = await provisionMicroPython().catch((error: Error) => error);
const why = engine instanceof Error ? engine.message : null;

/** Families in which a case may need the openssl command. */
const ASKED =
  '^(mutual/|dtls/|server/(identity|fragment|reneg|client)|client/(fragment|reneg|none/(mis|time-w|trail)))';

/** Those of them that do: node:tls cannot be their peer. */
const NEED = [
  ...['context', 'good', 'good-tls12', 'keyfile-certfile', 'none', 'pem', 'stranger', 'stranger-tls12'].map(
    (name) => `mutual/client/${name}`,
  ),
  ...[
    'client',
    'server-cookie',
    'server-cookie-of-another-context',
    'server-with-client-id',
    'server-without-client-id',
  ].map((name) => `dtls/${name}`),
  ...['client-refuses', 'fragment/512', 'identity/key-of-another', 'renegotiation'].map((name) => `server/${name}`),
  ...['mismatched-key', 'time-without-seconds', 'trailing-byte'].map((name) => `client/none/${name}`),
  'client/fragment/512',
  'client/renegotiation',
];

interface CaseResult {
  readonly title: string;
  readonly status: string;
  readonly meta: { readonly wirewrap?: { readonly observations: readonly { readonly value: unknown }[] } };
}

/** What the launcher of a MicroPython in our cache calls. */
const LAUNCHER_TOOLS = ['dirname', 'readlink'];

/** Runs the suites in a vitest of their own, on a machine whose PATH holds nothing else. */
async function runWithoutTools(micropython: string): Promise<CaseResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  try {
    for (const tool of LAUNCHER_TOOLS) await symlink(`/usr/bin/${tool}`, join(folder, tool));
    const output = join(folder, 'results.json');
    const args = ['run', '--project', 'board', '-t', ASKED, '--reporter=json', `--outputFile=${output}`];
    const files = ['server', 'negotiation', 'validation'].map((name) => `packages/conformance/suites/${name}.test.ts`);
    const { VITEST: _nested, ...inherited } = process.env;
    const env = { ...inherited, PATH: folder, WIREWRAP_MICROPYTHON: micropython, WIREWRAP_BOARD: 'virtual' };
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const ended = Promise.withResolvers<void>();
    // A failed case gives another exit code than 0; the results say which.
    execFile(process.execPath, [vitest, ...args, ...files], { cwd: root, env }, () => ended.resolve());
    await ended.promise;
    const { testResults } = JSON.parse(await readFile(output, 'utf8'));
    const all: CaseResult[] = testResults.flatMap((file: { assertionResults: CaseResult[] }) => file.assertionResults);
    return all.filter(({ title }) => new RegExp(ASKED).test(title));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(why !== null)(`a machine without openssl${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let results: CaseResult[];
  beforeAll(async () => {
    results = await runWithoutTools((engine as Exclude<typeof engine, Error>).executable);
  });

  test('no case fails', () => {
    expect(results.length).toBeGreaterThan(50);
    expect(results.filter(({ status }) => status === 'failed').map(({ title }) => title)).toEqual([]);
  });

  test('exactly the cases whose peer is openssl are skipped, and the record says why', () => {
    const skipped = results.filter(({ status }) => status !== 'passed');
    expect(skipped.map(({ title }) => title).sort()).toEqual([...NEED].sort());
    const reasons = skipped.map(({ meta }) => meta.wirewrap?.observations[0]?.value);
    expect(new Set(reasons.map((reason) => JSON.stringify(reason)))).toEqual(
      new Set([JSON.stringify({ limit: 'host', unavailable: MISSING })]),
    );
  });
});
