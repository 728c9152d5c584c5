import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTransport } from '@wirewrap/repl-driver';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serverMissing, startSer2net } from '../../repl-driver/test/port-server.ts';
import { startDevice } from '../../repl-driver/test/rfc2217-device.ts';
import { wirewrapHere } from './in-process.ts';
import { TerminalRun } from './terminal.ts';

let folder: string;
let virtual: VirtualBoard;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-repl-'));
  virtual = await startVirtualBoard();
});
afterAll(async () => {
  await virtual?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A REPL whose prompt is there. */
async function openRepl(board = virtual.path, env: Record<string, string> = {}): Promise<TerminalRun> {
  const run = new TerminalRun(['repl', `--board=${board}`], { env });
  // A test that fails must not keep the board from the next one.
  onTestFinished(() => {
    run.type('\x1d');
  });
  await run.shows('>>> ');
  return run;
}

describe('wirewrap repl in a pseudo-terminal', () => {
  test('types at the prompt; Ctrl-] ends and gives the board back', async () => {
    const repl = await openRepl();
    repl.type('print("ab" + "cd")\r');
    await repl.shows('abcd\r\n');
    repl.type('\x1d');
    const { exitCode, lines } = await repl.end();
    expect({ exitCode, first: lines[0] }).toEqual({ exitCode: 0, first: expect.stringMatching(/^Connected to /) });
    const { stdout } = await wirewrapHere(['exec', `--board=${virtual.path}`, 'print(7)']);
    expect(stdout).toBe('7');
  });

  test('Ctrl-C interrupts the program on the board and not the command; Ctrl-D is a soft reset', async () => {
    const repl = await openRepl();
    // While a line is read Ctrl-C is a byte like others: it interrupts only what runs.
    repl.type('exec("print(6 * 7)\\nwhile True: pass")\r');
    await repl.shows('42\r\n');
    repl.type('\x03');
    await repl.shows('KeyboardInterrupt');
    repl.type('\x04');
    await repl.shows('soft reboot');
    repl.type('\x18');
    expect((await repl.end()).exitCode).toBe(0);
  });

  test('Ctrl-T P runs the powerCycle of the configuration, Ctrl-T R says that a pseudo-terminal has no RTS', async () => {
    const config = join(folder, 'wirewrap.config.ts');
    const mark = join(folder, 'cycled');
    await writeFile(
      config,
      `export default { boards: { desk: { url: '${virtual.path}', powerCycle: 'touch ${mark}; echo no hub >&2; exit 3' } } };\n`,
    );
    const repl = await openRepl('desk', { WIREWRAP_CONFIG: config });
    repl.type('\x14\x10');
    await repl.shows('[wirewrap: the powerCycle command failed (no hub)]');
    expect(await readdir(folder)).toContain('cycled');
    repl.type('\x14r');
    await repl.shows('no RTS');
    repl.type('\x14h');
    await repl.shows('Ctrl-T Ctrl-P   switch the board off and on');
    repl.type('\x1d');
    expect((await repl.end()).exitCode).toBe(0);
  });

  test.skipIf(serverMissing)(
    'Ctrl-T R pulls EN over RTS on a line that has it: a real ser2net (skipped where it is not installed)',
    async () => {
      await using board = await startVirtualBoard();
      await using line = await openTransport(board.path);
      await using device = await startDevice(line, () => board.runReset());
      await using server = await startSer2net(`telnet(rfc2217=true),tcp,127.0.0.1,${device.port}`);
      const repl = await openRepl(server.url);
      repl.type('\x14r');
      await repl.shows('[wirewrap: reset]');
      await repl.shows('rst:0x');
      const [dtrOn, dtrOff, rtsOn, rtsOff] = [8, 9, 11, 12];
      expect(device.controls.slice(-6)).toEqual([dtrOff, rtsOn, dtrOff, rtsOff, dtrOn, rtsOn]);
      repl.type('\x1d');
      expect((await repl.end()).exitCode).toBe(0);
    },
  );

  test('a pseudo-terminal whose other end has gone never comes back: one sentence ends it', async () => {
    // In this process the terminal's own program would inherit the other end.
    const program = join(import.meta.dirname, 'fixtures/board-process.ts');
    const board = execa(process.execPath, [join(import.meta.dirname, '../bin/run.mjs'), program], { reject: false });
    const path = await new Promise<string>((resolve) => board.stdout.once('data', (text) => resolve(`${text}`.trim())));
    const repl = await openRepl(path);
    board.kill('SIGKILL');
    const { exitCode, lines } = await repl.end();
    expect({ exitCode, last: lines.at(-1) }).toEqual({
      exitCode: 2,
      last: `wirewrap: The pseudo-terminal ${path} was closed by its other end; start what was behind it again.`,
    });
  });

  test('a virtual board can be switched off and on', async () => {
    const repl = await openRepl('virtual');
    repl.type('\x14p');
    await repl.shows('rst:0x');
    repl.type('\x1d');
    expect((await repl.end()).exitCode).toBe(0);
  });

  test('text that is pasted arrives whole, though the line has no flow control', async () => {
    const repl = await openRepl();
    const long = 'x'.repeat(1_500);
    repl.type(`print(len("${long}"))\r`);
    await repl.shows('\r\n1500\r\n');
    repl.type('\x1d');
    expect((await repl.end()).exitCode).toBe(0);
  });

  test('a line that is lost is opened again when it is back, and Ctrl-] ends either way', async () => {
    // A port server whose connection breaks, as when a board on it is replugged.
    const connections: Socket[] = [];
    const server = createServer((socket) => {
      connections.push(socket.on('error', () => {}));
      socket.write(`connection ${connections.length} >>> `);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const repl = await openRepl(`tcp://127.0.0.1:${port}`);
    connections[0]?.destroy();
    await repl.shows('[wirewrap: the connection is lost; waiting until it is back (Ctrl-] ends)]');
    await repl.shows('connection 2 >>> ');
    server.close();
    connections[1]?.destroy();
    await repl.shows('waiting until it is back');
    repl.type('\x1d');
    expect((await repl.end()).exitCode).toBe(0);
  });
});
