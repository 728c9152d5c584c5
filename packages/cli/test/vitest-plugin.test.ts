import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lease, leasePath, parseBoard, readLease } from '@wirewrap/boards';
import { readRunRecord, recordsOf } from '@wirewrap/conformance';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { TerminalRun } from './terminal.ts';
import { cleanEnvironment } from './wirewrap.ts';

const program = join(workspaceRoot, 'node_modules/vitest/vitest.mjs');

const ownTest = `import { expect, test } from '@wirewrap/matchers';

test('trusts anything by default', async ({ tls, pki }) => {
  expect(await tls.connect({ certificate: await pki.certificate('self-signed') })).toComplete();
});
`;

/** A project outside the workspace whose vitest.config.ts has the plug-in. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-plugin-'));
  await mkdir(join(folder, 'node_modules/@wirewrap'), { recursive: true });
  await symlink(join(workspaceRoot, 'packages/matchers'), join(folder, 'node_modules/@wirewrap/matchers'));
  await symlink(join(workspaceRoot, 'packages/cli'), join(folder, 'node_modules/wirewrap'));
  await symlink(join(workspaceRoot, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'own.test.ts'), ownTest);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function configure(options: object): Promise<void> {
  const lines = [
    "import { wirewrap } from 'wirewrap/vitest';",
    `export default { plugins: [wirewrap(${JSON.stringify(options)})] };`,
  ];
  await writeFile(join(folder, 'vitest.config.ts'), lines.join('\n'));
}

const env = { WIREWRAP_BOARD: '', WIREWRAP_RESULTS: '' };

/** Plain `vitest run` in the project, as a pipe gets it. */
function vitest() {
  const options = { cwd: folder, env: cleanEnvironment(env), extendEnv: false, reject: false, all: true } as const;
  // vitest colours what it prints where CI is set, also into a pipe.
  return execa(process.execPath, [program, 'run', '--no-color'], { ...options, stdin: 'ignore' });
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');

test('at a terminal it shows one line of progress and leaves record, latest and page', async () => {
  await configure({});
  const { exitCode, lines, raw } = await new TerminalRun(['run'], { program, cwd: folder, env }).end();
  expect({ exitCode, last: lines.at(-1) }).toEqual({ exitCode: 0, last: 'Page: results/report.html' });
  expect(raw).toContain('tests  0 of 1  trusts anything by default');
  // vitest's window begins each of its pictures with this.
  expect(raw).not.toContain('[queued]');
  const [path = ''] = await recordsOf(join(folder, 'results/virtual'));
  const record = await readRunRecord(path);
  expect(record.observations).toMatchObject([{ case: 'own/trusts anything by default', value: { end: 'completes' } }]);
  expect(await readRunRecord(join(folder, 'results/latest.json'))).toEqual(record);
});

test('every test runs on each of several boards, which have a record each', async () => {
  await configure({ board: ['virtual', 'virtual?latency=1'] });
  const { exitCode, all } = await vitest();
  expect(all).toMatch(/Tests +2 passed/);
  expect(exitCode).toBe(0);
  expect((await readdir(join(folder, 'results'))).filter((name) => name.startsWith('virtual')).sort()).toEqual([
    'virtual',
    'virtual-latency-1',
  ]);
});

test('takes the lease of its board and gives it back', async () => {
  await using board = await startVirtualBoard();
  const settings = parseBoard(board.path);
  await configure({ board: board.path });
  await writeFile(
    join(folder, 'own.test.ts'),
    `${ownTest}test('leased', async () => {
  const { leasePath, readLease, parseBoard } = await import(${JSON.stringify(join(workspaceRoot, 'packages/boards/src/index.ts'))});
  expect(await readLease(leasePath(parseBoard(${JSON.stringify(board.path)})))).toMatchObject({ purpose: 'vitest' });
});
`,
  );
  const { exitCode, all } = await vitest();
  expect(exitCode, all).toBe(0);
  expect(await readLease(leasePath(settings) ?? '')).toBeNull();
});

test('a board that somebody else uses is one sentence, and no test runs', async () => {
  await using board = await startVirtualBoard();
  await using _lease = await Lease.acquire(parseBoard(board.path), { purpose: 'a test of the lease' });
  await configure({ board: board.path });
  const { exitCode, stdout, stderr } = await vitest();
  expect(stderr).toMatch(/^wirewrap: The board \S+ is in use by .*a test of the lease.*\.$/);
  expect(stdout).not.toMatch(/passed|failed/);
  expect(exitCode).toBe(2);
});

test('a board that nobody gave is a sentence without a stack', async () => {
  await configure({ board: 'desk' });
  const { exitCode, all } = await vitest();
  expect(plain(all)).toContain("wirewrap: 'desk' is neither a board URL");
  expect(all).not.toMatch(/^\s+at /m);
  expect(exitCode).toBe(1);
});
