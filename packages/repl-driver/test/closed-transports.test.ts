import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { type LineSettings, openTransport, type Transport } from '../src/index.ts';
import { startPlainServer } from './plain-rfc2217-server.ts';

/** The other end of a line: nobody reads there. */
interface OtherEnd {
  readonly url: string | LineSettings;
  /** Keeps what is written from leaving, where the size of a write does not. */
  readonly hold?: () => Promise<unknown>;
  /** It goes away. */
  readonly vanish: () => unknown;
}

/** A terminal whose other end lives as long as its standard input. */
const UNREAD_TERMINAL = `
import os, pty, sys, tty
master, slave = pty.openpty()
tty.setraw(slave)
print(os.ttyname(slave), flush=True)
sys.stdin.read()
`;

async function serial(stack: AsyncDisposableStack): Promise<OtherEnd> {
  const child = spawn('python3', ['-c', UNREAD_TERMINAL]);
  stack.defer(() => void child.kill('SIGKILL'));
  const [path] = await once(child.stdout, 'data');
  return { url: String(path).trim(), vanish: () => child.stdin.end() };
}

async function tcp(stack: AsyncDisposableStack): Promise<OtherEnd> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.pause()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const vanish = () => {
    for (const socket of sockets) socket.destroy();
  };
  stack.defer(() => {
    vanish();
    server.close();
  });
  return { url: `tcp://127.0.0.1:${(server.address() as { port: number }).port}`, vanish };
}

async function rfc2217(stack: AsyncDisposableStack): Promise<OtherEnd> {
  const server = stack.use(await startPlainServer());
  const hold = async () => {
    server.say(108, []);
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return { url: server.url, hold, vanish: () => server.drop() };
}

async function exec(stack: AsyncDisposableStack): Promise<OtherEnd> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-'));
  const script = join(folder, 'line.sh');
  // Its child holds the pipe open when the program itself has ended.
  await writeFile(script, `sleep 30 <&0 & echo $! > ${folder}/child; echo $$ > ${folder}/own; wait\n`);
  const pid = async (name: string) => {
    const text = await readFile(join(folder, name), 'utf8');
    // To the process 0, which an empty file would name, a signal is one to this group of processes.
    if (!/^\d+\n$/.test(text)) throw new Error(`${name} is not written yet`);
    return Number(text);
  };
  stack.defer(async () => {
    process.kill(await pid('child'), 'SIGKILL');
  });
  const hold = () => vi.waitFor(() => pid('own'), { timeout: 30_000 });
  return { url: `exec:sh ${script}`, hold, vanish: async () => process.kill(await pid('own'), 'SIGKILL') };
}

async function replay(): Promise<OtherEnd> {
  const file = join(await mkdtemp(join(tmpdir(), 'wirewrap-')), 'session.jsonl');
  const board = { ms: 0, dir: 'board', hex: '3e' };
  const host = { ms: 0, dir: 'host', hex: '00' };
  await writeFile(
    file,
    [board, host, { ms: 1, dtr: true, rts: true }].map((entry) => JSON.stringify(entry)).join('\n'),
  );
  return { url: `replay:${file}`, vanish: () => {} };
}

/** What a board's WebREPL says until it has let somebody in; then it reads nothing. */
async function webRepl(stack: AsyncDisposableStack): Promise<OtherEnd> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.send('Password: ');
    socket.once('message', () => {
      socket.send('\r\nWebREPL connected\r\n');
      socket.pause();
    });
  });
  const vanish = () => {
    for (const socket of server.clients) socket.terminate();
  };
  stack.defer(() => {
    vanish();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return { url: { scheme: 'ws', host: '127.0.0.1', port, password: 'secret' }, vanish };
}

const LINES = { serial, tcp, rfc2217, exec, replay, webRepl };

/** How a promise settled, or that it did not. */
async function settled(promise: Promise<unknown> | undefined): Promise<unknown> {
  if (promise === undefined) return 'not there';
  const late = new Promise((resolve) => setTimeout(() => resolve('never settled'), 30_000).unref());
  return await Promise.race([
    promise.then(
      () => 'done',
      (error: unknown) => error,
    ),
    late,
  ]);
}

const gone = expect.objectContaining({ code: 'TRANSPORT_CLOSED' });

/** More than any line takes at once. */
const MUCH = new Uint8Array(8 * 1024 * 1024);

async function expectAllRefused(transport: Transport): Promise<void> {
  expect(await settled(transport.write(Uint8Array.of(1))), 'write').toEqual(gone);
  for (const asked of ['setSignals', 'setBaudRate', 'purge'] as const) {
    const outcome = settled(
      asked === 'setSignals'
        ? transport.setSignals?.({ dtr: true, rts: true })
        : asked === 'setBaudRate'
          ? transport.setBaudRate?.(9600)
          : transport.purge?.(),
    );
    expect([gone, 'not there']).toContainEqual(await outcome);
  }
}

describe.for(Object.keys(LINES) as (keyof typeof LINES)[])('%s', (name) => {
  // A replay takes what it is given at once, and nobody is at its other end.
  const isReplay = name === 'replay';

  test('what is asked of a closed line is refused', async () => {
    await using stack = new AsyncDisposableStack();
    const { url, hold } = await LINES[name](stack);
    const transport = await openTransport(url);
    await hold?.();
    const closed = transport.close();
    expect(await settled(transport.write(Uint8Array.of(1))), 'a write while it closes').toEqual(gone);
    await closed;
    await expectAllRefused(transport);
    expect(await settled(transport.close())).toBe('done');
  });

  test.skipIf(isReplay)('a write that waits for the other end is refused when the line is closed', async () => {
    await using stack = new AsyncDisposableStack();
    const { url, hold } = await LINES[name](stack);
    const transport = await openTransport(url);
    await hold?.();
    const writes = [transport.write(MUCH), transport.write(MUCH)].map(settled);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await transport.close();
    expect(await Promise.all(writes)).toEqual([gone, gone]);
    await expectAllRefused(transport);
  });

  test.skipIf(isReplay)('and when the other end goes away', async () => {
    await using stack = new AsyncDisposableStack();
    const { url, hold, vanish } = await LINES[name](stack);
    await using transport = await openTransport(url);
    await hold?.();
    const writes = [transport.write(MUCH), transport.write(MUCH)].map(settled);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await vanish();
    expect(await Promise.all(writes)).toEqual([gone, gone]);
    await transport.closed;
    await expectAllRefused(transport);
  });
});
