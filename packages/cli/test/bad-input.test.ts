import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { suite, wirewrap } from './wirewrap.ts';

let folder: string;
let silent: Server;
let silentUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-bad-'));
  // Something that listens and is no MicroPython.
  silent = createServer((socket) => socket.on('error', () => {}).write('login: '));
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  silentUrl = `tcp://127.0.0.1:${(silent.address() as { port: number }).port}`;
});
afterAll(async () => {
  silent.close();
  await rm(folder, { recursive: true, force: true });
});

async function expectOneSentence(board: string, message: RegExp, env: Record<string, string> = {}): Promise<void> {
  const { exitCode, stderr, stdout } = await wirewrap(['test', '--root', suite, `--board=${board}`], env);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  expect(stderr.split('\n')).toHaveLength(1);
  expect(stdout).not.toContain('passed');
}

describe('a board that cannot be used is one sentence with exit code 2, before any test runs', () => {
  test.for([
    ['no such port', '/dev/ttyNOWHERE', /no port \/dev\/ttyNOWHERE/],
    ['an unknown scheme', 'ftp://board', /"ftp:\/\/board" has no scheme that is known/],
    ['nobody listens', 'tcp://127.0.0.1:1', /Cannot reach tcp:\/\/127\.0\.0\.1:1/],
    ['a misspelt virtual board', 'virtual?shape=1.18', /no parameter "shape"/],
    ['no emulator', 'emu:esp32c3?firmware=/nowhere.bin', /nowhere\.bin.* does not exist/],
    ['a name that nobody gave', 'desk', /'desk' is neither a board URL/],
  ] as const)('%s', async ([, board, message]) => {
    await expectOneSentence(board, message);
  });

  test('a device that is not MicroPython', async () => {
    await expectOneSentence(silentUrl, /did not answer like MicroPython within 15000 ms \(it sent: "login: "\)/);
  });

  test('a port that another process uses', async () => {
    await using virtual = await startVirtualBoard();
    await using _board = await openBoard(virtual.path);
    await expectOneSentence(virtual.path, /busy.*pid \d+/);
  });

  test('no MicroPython and no way to get one', async () => {
    const env = { WIREWRAP_MICROPYTHON: join(folder, 'missing') };
    await expectOneSentence('virtual', /missing/, env);
  });

  test('a wrong wirewrap.config.ts', async () => {
    const path = join(folder, 'wirewrap.config.ts');
    await writeFile(path, "export default { boards: { desk: { uri: '/dev/ttyUSB0' } } };\n");
    await expectOneSentence('desk', /wirewrap\.config\.ts: board 'desk' has no `url`/, { WIREWRAP_CONFIG: path });
  });

  test.for([
    [
      'a start command that was killed',
      "{ url: 'tcp://127.0.0.1:1', start: 'kill -9 $$' }",
      /ended with signal SIGKILL/,
    ],
    ['a wrong URL beside a start command', "{ url: 'virtual?shape=1', start: 'exec sleep 60' }", /parameter "shape"/],
  ] as const)('%s', async ([, board, message], { task }) => {
    const path = join(folder, `${task.id}.config.ts`);
    await writeFile(path, `export default { boards: { qemu: ${board} } };\n`);
    await expectOneSentence('qemu', message, { WIREWRAP_CONFIG: path });
  });

  test('a start command that fails', async () => {
    const path = join(folder, 'start.config.ts');
    const board = "{ url: 'tcp://127.0.0.1:1', start: 'echo no kvm >&2; exit 3' }";
    await writeFile(path, `export default { boards: { qemu: ${board} } };\n`);
    await expectOneSentence('qemu', /start command .* exit code 3: no kvm/, { WIREWRAP_CONFIG: path });
  });
});

test.for([
  ['probe', '--board=virtual'],
  ['test', '--board=virtual', '--case=module/functions'],
])('wirewrap %s without a folder for temporary files is one sentence', async (words) => {
  const nowhere = join(folder, 'nowhere');
  const { exitCode, stderr } = await wirewrap(words, { TMPDIR: nowhere, WIREWRAP_RESULTS: join(folder, 'results') });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `wirewrap: No folder for temporary files can be made in ${nowhere} (ENOENT): make room there, or name another folder in TMPDIR.`,
  });
});

describe.skipIf(!existsSync('/proc/self'))('a folder that cannot be made is one sentence (needs /proc)', () => {
  test.for([
    [['init', '/proc/wirewrap/project'], /^wirewrap: \/proc\/wirewrap\/project cannot be written \(ENOENT\)/],
    [['certs', '--out=/proc/wirewrap/certs'], /\/proc\/wirewrap/],
    [['soak', '--out=/proc/wirewrap/soak.json'], /^wirewrap: Cannot write \/proc\/wirewrap\/soak\.json \(ENOENT\)/],
  ] as const)('wirewrap %j', async ([words, message]) => {
    const { exitCode, stderr } = await wirewrap(words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
  });
});
