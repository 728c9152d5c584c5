import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provisionMicroPython, startVirtualBoard } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('./user-project', import.meta.url));
const missing = await provisionMicroPython().then(
  () => null,
  (error: Error) => error.message,
);

interface Report {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
      readonly meta: { readonly wirewrapFailure?: string; readonly wirewrapGivenUp?: string };
    }[];
  }[];
}

/** Runs the project by plain `vitest`, as its author would. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Report & { output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-project-'));
  try {
    const out = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${out}`];
    const clean = {
      WIREWRAP_BOARD: '',
      VITEST: undefined,
      NODE_ENV: undefined,
      VITEST_POOL_ID: undefined,
      VITEST_WORKER_ID: undefined,
    };
    const { all } = await execa('vitest', ['run', '--root', root, ...reporters, ...args], {
      cwd: root,
      preferLocal: true,
      localDir: root,
      reject: false,
      all: true,
      timeout: 100_000,
      env: { ...clean, WIREWRAP_FAILURES: join(folder, 'failures'), ...env },
    });
    const report = JSON.parse(await readFile(out, 'utf8').catch(() => Promise.reject(new Error(all)))) as Report;
    return { ...report, output: all };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe.skipIf(missing)(`a vitest project of a user's own ${missing ? `(skipped: ${missing})` : ''}`, () => {
  const passing = ['reading', 'shared-one', 'shared-two'];

  test('with the default configuration: files in parallel, isolated', async () => {
    const report = await run(passing);
    expect(report.output).not.toContain('Failed');
    expect(report).toMatchObject({ success: true, numPassedTests: 7 });
    expect(report.output.match(/visits=\d/g)).toEqual(['visits=1', 'visits=1']);
  });

  test('one worker without isolation: one session over all files', async () => {
    const report = await run(['--no-isolate', '--maxWorkers=1', ...passing]);
    expect(report).toMatchObject({ success: true, numPassedTests: 7 });
    expect(report.output.match(/visits=\d/g)?.sort()).toEqual(['visits=1', 'visits=2']);
    expect(report.output).not.toMatch(/something prevents|hanging/i);
  });

  test('a board that is not there: one sentence for each test, without waiting each time', async () => {
    const report = await run(['shared-one'], { WIREWRAP_BOARD: '/dev/does-not-exist' });
    const [message = ''] = report.testResults.flatMap(
      ({ assertionResults }) => assertionResults[0]?.failureMessages ?? [],
    );
    expect(message).toMatch(/does-not-exist/);
    expect(report.success).toBe(false);
  });

  test('what a test leaves behind on the board ends with it', async () => {
    const report = await run(['ends/abandoned']);
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.filter(({ status }) => status === 'failed').map(({ title }) => title);
    expect(failed, report.output).toEqual([
      'runs out of time while a stream runs',
      'waits for the board, the test, and no signal',
    ]);
    expect(results).toHaveLength(11);
  });

  test('a board that falls silent is given up after three tests, in one sentence', async () => {
    await using device = await startVirtualBoard();
    const report = await run(['--config', join(root, 'given-up.config.ts')], { SILENT_BOARD: device.path });
    const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
    const states = results.map(({ status }) => status);
    expect(states, report.output).toEqual([
      'passed',
      ...['failed', 'failed', 'failed'],
      ...['skipped', 'skipped', 'skipped'],
    ]);
    const sentence = `The board ${device.path} did not answer in 3 tests in a row`;
    expect(results[3]?.failureMessages[0]).toContain(sentence);
    expect(results[4]?.meta.wirewrapGivenUp).toContain(sentence);
  });

  describe('tests that fail', () => {
    let report: Report;
    let failures: string;
    beforeAll(async () => {
      failures = await mkdtemp(join(tmpdir(), 'wirewrap-failures-'));
      report = await run(['failing'], { WIREWRAP_FAILURES: failures });
    });
    afterAll(() => rm(failures, { recursive: true, force: true }));

    const result = (title: string) => {
      const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
      const found = all.find((one) => one.title === title);
      if (!found) throw new Error(`no result for '${title}'`);
      return { ...found, message: found.failureMessages.join('\n') };
    };

    test('say what was wanted, what came, and the story of both ends', () => {
      const { status, message } = result('expects too much');
      expect(status).toBe('failed');
      expect(message).toContain("The connection should negotiate 'TLSv1.1', but TLSv1.");
      expect(message).toMatch(/^board {2}TLS client: wrap_socket\(sock, server_hostname='board.test'\)$/m);
      expect(message).toMatch(/^wire {3}ClientHello of the board: .*server name 'board.test'$/m);
    });

    test('leave a folder that the message and the meta data name', async () => {
      const { message, meta } = result('expects too much');
      const folder = meta.wirewrapFailure ?? '';
      expect(message).toContain(folder.split('/').at(-1));
      const files = await readdir(folder);
      for (const file of ['story.md', 'capture.pcapng', 'keys.log', 'serial.log', 'certificates', 'board.py']) {
        expect(files).toContain(file);
      }
      expect((await stat(join(folder, 'keys.log'))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(folder, 'story.md'), 'utf8')).toContain("should negotiate 'TLSv1.1'");
    });

    test('name a missing await, and what cannot be judged', () => {
      expect(result('forgets the await').message).toContain('an await is missing');
      expect(result('asks what cannot be judged').message).toContain('shown no certificate that a careful end refuses');
    });

    test('name a field that no matcher knows', () => {
      expect(result('names a field that does not exist').message).toContain("toFailOnBoard() knows no field 'kind'");
    });

    test('tell of a crash, and the next test finds a usable board', () => {
      expect(result('dies').message).toMatch(/the board crashed: .*SIGSEGV/);
      expect(result('goes on after that').status).toBe('passed');
    });
  });
});
