import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import { openBoard, openTransport, ReplDriverError } from '../src/index.ts';
import { ALLOWANCE_MS, lateness } from './lateness.ts';

async function failure(promise: Promise<unknown>): Promise<ReplDriverError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReplDriverError);
  const { message } = error as ReplDriverError;
  expect(message, 'one sentence').toMatch(/^[A-Z/"].*\.$/s);
  expect(message).not.toContain('\n');
  return error as ReplDriverError;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as { port: number }).port;
}

/** A terminal whose other end nobody reads. */
const UNREAD_TERMINAL = `
import os, pty, time, tty
master, slave = pty.openpty()
tty.setraw(slave)
print(os.ttyname(slave), flush=True)
time.sleep(60)
`;

describe('what can be wrong with a board', () => {
  test('no such port', async () => {
    expect(await failure(openBoard('/dev/ttyNOPE0'))).toMatchObject({
      code: 'NO_SUCH_PORT',
      message: expect.stringContaining('/dev/ttyNOPE0'),
    });
  });

  test('a file that is no port', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'file');
    writeFileSync(path, 'x');
    expect((await failure(openBoard(path))).code).toBe('NO_SUCH_PORT');
    expect((await failure(openBoard(tmpdir()))).code).toBe('NO_SUCH_PORT');
  });

  test.skipIf(process.getuid?.() === 0)(
    'no permission names the group (skipped for root, who may open all)',
    async () => {
      const path = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'port');
      writeFileSync(path, '');
      chmodSync(path, 0);
      expect(await failure(openBoard(path))).toMatchObject({
        code: 'NO_PERMISSION',
        message: expect.stringMatching(/usermod -aG/),
      });
    },
  );

  test('a busy port names who holds it', async () => {
    await using virtual = await startVirtualBoard({});
    const holder = spawn('flock', ['-x', virtual.path, 'sh', '-c', 'echo held\nexec sleep 30']);
    await once(holder.stdout, 'data');
    const error = await failure(openBoard(virtual.path));
    holder.kill();
    expect(error).toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringMatching(
        new RegExp(`pid ${holder.pid} \\(flock [^\n]* echo held exec sleep 30\\) holds it[^\n]*$`),
      ),
    });
  });

  test('our own second session on a port names us', async () => {
    await using virtual = await startVirtualBoard({});
    await using board = await openBoard(virtual.path);
    void board;
    expect(await failure(openBoard(virtual.path))).toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining(`pid ${process.pid}`),
    });
  });

  test('nothing listens at a TCP address', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(openBoard(`tcp://127.0.0.1:${port}`))).toMatchObject({
      code: 'NO_SUCH_PORT',
      message: expect.stringContaining('nothing listens'),
    });
  });

  test('what a device said instead is told, whichever wait was the last', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).write('login: '));
    const port = await listen(server);
    const opening = Array.from({ length: 10 }, () => openBoard(`tcp://127.0.0.1:${port}`, { deadlineMs: 3_000 }));
    for (const outcome of await Promise.allSettled(opening)) {
      expect(outcome).toMatchObject({ reason: { message: expect.stringContaining('(it sent: "login: ")') } });
    }
    server.close();
  });

  test.for<[string, string]>([
    ['a silent device', ''],
    ['a device that says something else', 'login: '],
    ['an echo', 'echo'],
  ])('%s is not MicroPython, within the deadline', async ([, kind]) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      if (kind === 'echo') socket.pipe(socket);
      else socket.on('data', () => kind !== '' && socket.write(kind));
    });
    const port = await listen(server);
    const { error, lateMs } = await lateness(1_500, () => openBoard(`tcp://127.0.0.1:${port}`, { deadlineMs: 1_500 }));
    expect(lateMs).toBeLessThan(ALLOWANCE_MS);
    expect(error).toMatchObject({ code: 'NOT_MICROPYTHON' });
    server.close();
  });

  test('a device that closes at once', async () => {
    const server = createServer((socket) => socket.destroy());
    const port = await listen(server);
    const error = await failure(openBoard(`tcp://127.0.0.1:${port}`, { deadlineMs: 1_500 }));
    expect(error.code).toMatch(/TRANSPORT_CLOSED|NOT_MICROPYTHON/);
    server.close();
  });

  test('a program that does not exist, and one that is no interpreter', async () => {
    expect(await failure(openBoard('exec:/no/such/program'))).toMatchObject({ code: 'NO_SUCH_PORT' });
    expect((await failure(openBoard('exec:cat', { deadlineMs: 1_500 }))).code).toBe('NOT_MICROPYTHON');
  });

  test.for([
    ['a path through a file', '/etc/hostname/x', 'NO_SUCH_PORT', /there is no such program/],
    ['a folder', tmpdir(), 'NO_PERMISSION', /no program that may be run/],
    ['arguments without end', `cat ${'x'.repeat(300_000)}`, 'NO_SUCH_PORT', /too long/],
    ['one that ends at once', 'false', 'TRANSPORT_CLOSED', /the program ended with code 1/],
  ] as const)('a program that cannot be talked to: %s', async ([, command, code, message]) => {
    const error = await failure(openBoard(`exec:${command}`));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('a program that was not to be started any more is not', async () => {
    const mark = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'mark');
    const error = await failure(openTransport(`exec:touch ${mark}`, { signal: AbortSignal.abort() }));
    expect(error.code).toBe('ABORTED');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(() => readFileSync(mark)).toThrow(/ENOENT/);
  });

  test('a program that ignores SIGTERM, with a child of its own that holds the line, is closed', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'script');
    writeFileSync(script, "#!/bin/sh\ntrap '' TERM\nsleep 300 &\necho $!\nwhile :; do sleep 1; done\n", {
      mode: 0o755,
    });
    const transport = await openTransport(`exec:${script}`);
    const child = await new Promise<string>((resolve) => transport.onData((chunk) => resolve(`${Buffer.from(chunk)}`)));
    await transport.close();
    await expect(transport.closed).resolves.toMatchObject({ kind: 'closed-by-us' });
    // It inherited the deaf ear for SIGTERM.
    process.kill(Number(child), 'SIGKILL');
  });

  test('a program that ended is gone, also when a child of its own holds the line', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'wirewrap-')), 'script');
    const last = 'x'.repeat(50_000);
    writeFileSync(script, `#!/bin/sh\nsleep 300 &\necho $!\necho ${last}\nexit 3\n`, { mode: 0o755 });
    await using transport = await openTransport(`exec:${script}`);
    let came = '';
    transport.onData((chunk) => {
      came += Buffer.from(chunk);
    });
    const reason = await transport.closed;
    process.kill(Number.parseInt(came, 10));
    expect(reason).toEqual({ kind: 'closed-by-peer', message: 'the program ended with code 3' });
    expect(came.split('\n').slice(1)).toEqual([last, '']);
  });

  test('a port that is closed while it takes nothing was closed by us', async () => {
    const line = spawn('python3', ['-c', UNREAD_TERMINAL]);
    const [path] = (await once(line.stdout, 'data')) as [Buffer];
    const transport = await openTransport(path.toString().trim());
    const write = failure(transport.write(Buffer.alloc(200_000)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await transport.close();
    await expect(transport.closed).resolves.toEqual({ kind: 'closed-by-us', message: 'closed by us' });
    expect((await write).code).toBe('TRANSPORT_CLOSED');
    line.kill();
  });

  test('schemes that the harness resolves', async () => {
    expect(await failure(openBoard('virtual'))).toMatchObject({
      code: 'BAD_URL',
      message: expect.stringContaining('harness'),
    });
  });

  test('an aborted open', async () => {
    await using virtual = await startVirtualBoard({});
    expect((await failure(openBoard(virtual.path, { signal: AbortSignal.abort() }))).code).toBe('ABORTED');
    await using transport = await openTransport(virtual.path);
    expect(transport.url).toBe(virtual.path);
  });

  test('a session whose connection went away, and then came back', async () => {
    await using virtual = await startVirtualBoard({});
    const board = await openBoard(virtual.path);
    await board.close();
    expect((await failure(board.exec('1'))).code).toBe('TRANSPORT_CLOSED');
  });
});
