import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PortServer, serverMissing, startSer2net } from '../../repl-driver/test/port-server.ts';
import { startBridge, type TcpBridge } from '../../repl-driver/test/tcp-bridge.ts';
import { workspaceRoot } from '../src/repository.ts';
import { wirewrapHere } from './in-process.ts';

const labgridClient = join(workspaceRoot, 'packages/boards/test/stand-ins/labgrid-client.mjs');
const needsSer2net = 'ser2net is not installed; apt-get install ser2net';

let folder: string;
let virtual: VirtualBoard;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-lines-'));
  virtual = await startVirtualBoard();
  await writeFile(join(folder, 'hello.py'), "print('hello')\n");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await virtual?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every tool of the day but repl, in an order in which each sees what the one before did. */
async function useEveryTool(url: string): Promise<void> {
  const good = async (name: string, ...args: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await wirewrapHere([name, `--board=${url}`, ...args]);
    expect({ name, exitCode, stderr }).toEqual({ name, exitCode: 0, stderr: '' });
    return stdout;
  };
  const back = join(folder, 'back.py');
  expect(await good('exec', 'print(6 * 7)')).toBe('42');
  expect(await good('run', join(folder, 'hello.py'))).toBe('hello');
  await good('mkdir', ':/day');
  await good('cp', join(folder, 'hello.py'), ':/day/');
  expect(await good('ls', ':/day')).toMatch(/ 15 hello\.py$/);
  expect(await good('cat', ':/day/hello.py')).toBe("print('hello')");
  await good('cp', ':/day/hello.py', back);
  expect(await readFile(back, 'utf8')).toBe("print('hello')\n");
  await good('rm', '-r', ':/day');
  await good('reset');
  expect(await good('exec', "import os; print('day' in os.listdir('/'))")).toBe('False');
}

describe('the everyday commands', () => {
  test('over tcp:', async () => {
    await using bridge: TcpBridge = await startBridge(virtual.path);
    await useEveryTool(bridge.url);
  });

  test.skipIf(serverMissing)(`over rfc2217: through a real ser2net (skipped where ${needsSer2net})`, async () => {
    await using server: PortServer = await startSer2net(`serialdev,${virtual.path},115200n81,local`);
    await useEveryTool(server.url);
  });

  test.skipIf(serverMissing)(`at a labgrid: place behind ser2net (skipped where ${needsSer2net})`, async () => {
    await using server: PortServer = await startSer2net(`serialdev,${virtual.path},115200n81,local`);
    await symlink(labgridClient, join(folder, 'labgrid-client'));
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    vi.stubEnv('LABGRID_STATE', folder);
    vi.stubEnv('LABGRID_PLACES', 'desk');
    vi.stubEnv('LABGRID_PORT', String(server.port));
    await useEveryTool('labgrid:desk');
  });

  test('virtual, which is a new board for each command', async () => {
    const { exitCode, stdout } = await wirewrapHere(['run', '--board=virtual', join(folder, 'hello.py')]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'hello' });
    const listed = await wirewrapHere(['ls', '--board=virtual', '--json', '/']);
    expect(JSON.parse(listed.stdout)).toEqual(expect.any(Array));
    expect((await wirewrapHere(['reset', '--board=virtual'])).exitCode).toBe(0);
  });
});
