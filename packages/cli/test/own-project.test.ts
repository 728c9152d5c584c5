import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunRecord, readRunRecord, recordsOf } from '@wirewrap/conformance';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { wirewrap } from './wirewrap.ts';

const ownTest = `import { boardSettings, expect, test } from '@wirewrap/matchers';

test('trusts anything by default', async ({ tls, pki }) => {
  const handshake = await tls.connect({ certificate: await pki.certificate('self-signed') });
  expect(handshake).toComplete();
  process.stderr.write(\`board: \${boardSettings().label}\\n\`);
});
`;

/** A project outside the workspace, as somebody has it who writes tests of their own. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-own-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'own.test.ts'), ownTest);
  await mkdir(join(folder, 'node_modules/@wirewrap'), { recursive: true });
  await symlink(join(workspaceRoot, 'packages/matchers'), join(folder, 'node_modules/@wirewrap/matchers'));
  await symlink(join(workspaceRoot, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('wirewrap test runs the tests of the project that it is started in', async () => {
  const { exitCode, stdout } = await wirewrap(['test'], {}, folder);
  expect({ exitCode, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    exitCode: 0,
    last: '1 passed, 0 failed, 0 skipped',
  });
});

test('with --board it checks that board, leases it and hands its settings to the tests', async () => {
  await mkdir(join(folder, 'deeper'), { recursive: true });
  const args = ['test', '--board=virtual?latency=1'];
  const { exitCode, stdout, stderr } = await wirewrap(args, {}, join(folder, 'deeper'));
  expect(stdout).toMatch(/^virtual latency=1: .* MicroPython /);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed, 0 skipped');
  expect(stderr).toContain('board: virtual latency=1');
  expect(exitCode).toBe(0);
});

test('the board of the command wins over one that the configuration of a project provides', async () => {
  const config = join(folder, 'vitest.config.mjs');
  const provide = {
    wirewrapBoardSettings: { scheme: 'serial', path: '/dev/other', url: '/dev/other', label: 'other' },
  };
  const project = { extends: true, test: { name: 'own', provide } };
  await writeFile(config, `export default { test: { projects: [${JSON.stringify(project)}] } };\n`);
  try {
    const { stdout, stderr } = await wirewrap(['test', '--board=virtual?latency=1'], {}, folder);
    expect(stdout.trimEnd().split('\n').at(-1), stderr).toBe('1 passed, 0 failed, 0 skipped');
    expect(stderr).toContain('board: virtual latency=1');
  } finally {
    await rm(config);
  }
});

describe("the suites in a project of one's own", () => {
  const records = async (): Promise<RunRecord[]> => {
    const paths = await recordsOf(join(folder, 'results/virtual'));
    return await Promise.all(paths.map((path) => readRunRecord(path)));
  };
  const env = { WIREWRAP_RESULTS: '' };
  afterEach(() => rm(join(folder, 'results'), { recursive: true, force: true }));

  test('without them its own tests are recorded, and the record is the latest', async () => {
    const { stdout } = await wirewrap(['test', '--board=virtual'], env, folder);
    expect(stdout).toContain("Green: 1 test of one's own recorded; no suite ran.");
    const [record] = await records();
    expect(record?.observations).toMatchObject([
      { case: 'own/trusts anything by default', value: { end: 'completes' } },
    ]);
    expect(await readRunRecord(join(folder, 'results/latest.json'))).toEqual(record);
  });

  test('a case that is picked runs alone', async () => {
    const { exitCode, stdout } = await wirewrap(['test', '--board=virtual', '--claim=book/one-function'], env, folder);
    expect({ exitCode, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringMatching(/^2 passed, 0 failed, \d+ skipped$/),
    });
    const [record] = await records();
    expect(record?.observations.map((item) => item.case)).toEqual(['module/functions']);
  });

  test('with --suites they run beside its own tests, also where it has projects', async () => {
    const config = join(folder, 'vitest.config.mjs');
    const own = { test: { name: 'own', include: ['*.test.ts'] } };
    await writeFile(config, `export default { test: { projects: [${JSON.stringify(own)}] } };\n`);
    try {
      const args = ['test', '--suites', '--board=virtual', 'own.test', 'book.test'];
      const { exitCode, stdout, stderr } = await wirewrap(args, env, folder);
      expect(exitCode, stderr).toBe(0);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(" cases and 1 test of one's own (book.test.ts).");
      const [record] = await records();
      const cases = record?.observations.map((item) => item.case);
      expect(cases).toEqual(expect.arrayContaining(['book/https-client', 'own/trusts anything by default']));
    } finally {
      await rm(config);
    }
  });

  test('two boards at once, each with its suites', async () => {
    const boards = ['--board=virtual', '--board=virtual?latency=1'];
    const { exitCode, stdout } = await wirewrap(
      ['test', ...boards, '--project=suites', 'module.test', '-t', 'signature/keyword'],
      env,
      folder,
    );
    expect(stdout).toContain('[virtual latency=1] ');
    expect({ exitCode, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringMatching(/^[1-9]\d* passed, 0 failed, \d+ skipped$/),
    });
  });
});

test.for([
  ['--shuffle=7', "use vitest's --sequence.shuffle for tests of one's own"],
  ['--count=3', "use vitest's repeats of a test for tests of one's own"],
  ['--until-fail', "use vitest's repeats of a test for tests of one's own"],
] as const)('%s without the suites is refused: it would change nothing', async ([option, remedy]) => {
  const { exitCode, stdout, stderr } = await wirewrap(['test', '--board=virtual', option], {}, folder);
  const name = option.replace(/=.*/, '');
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `wirewrap: ${name} is for the suites, and this run asks none: add --suites, or ${remedy}.`,
  });
});

test('with the suites beside its own tests the seed that was drawn is said before the first test', async () => {
  const args = ['test', '--suites', '--board=virtual', '--shuffle=random', 'own.test'];
  const { exitCode, stdout } = await wirewrap(args, {}, folder);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^The cases run in the order of seed \d+; --shuffle=\d+ repeats it\.$/m);
});

test('its results go to its own folder', async () => {
  await wirewrap(['test', '-t', 'trusts'], { WIREWRAP_RESULTS: '' }, folder);
  expect(await readdir(folder)).toContain('results');
});
