import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { PYEXEC } from '../contract/engines/pyexec-engine.ts';

/** Why there is no board with a WebREPL; an executable of an older build.sh has none. */
export const noWebRepl: string | undefined =
  existsSync(PYEXEC) && readFileSync(PYEXEC).includes('WebREPL connected')
    ? undefined
    : 'packages/repl-driver/contract/pyexec-port/build.sh has not built it on this machine';

/** RFC 6455, section 1.3. */
const WEBSOCKET_KEY = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const HEAP_BYTES = 256 * 1024;

/** A board whose WebREPL is reached at a port of its own. */
export interface WebReplBoard extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Connections that were taken so far. */
  readonly connections: () => number;
  /** Waits until the last connection has ended at the board's end, too: it takes one at a time. */
  idle(): Promise<void>;
}

/**
 * MicroPython's own websocket, _webrepl, os.dupterm and pyexec.c, compiled for this machine. What webrepl.py does before them is
 * done here: it listens, answers the handshake, and turns a second connection away. Each connection gets a new interpreter.
 */
export async function startWebRepl(password: string): Promise<WebReplBoard> {
  let board: ChildProcess | null = null;
  let connections = 0;
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    socket.on('error', () => {});
    const digest = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}${WEBSOCKET_KEY}`)
      .digest('base64');
    const answer = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${digest}\r\n\r\n`;
    socket.write(answer, () => {
      if (board !== null) {
        socket.destroy();
        return;
      }
      connections++;
      const child = spawn(PYEXEC, [String(HEAP_BYTES), password], { stdio: ['ignore', 'ignore', 'inherit', socket] });
      board = child;
      child.once('exit', () => {
        board = null;
      });
      // The connection is the board's from now on: only its end closes it.
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    connections: () => connections,
    async idle() {
      if (board !== null) await once(board, 'exit');
    },
    async [Symbol.asyncDispose]() {
      const running = board;
      if (running !== null && running.exitCode === null) {
        running.kill('SIGKILL');
        await once(running, 'exit');
      }
      server.close();
      await once(server, 'close');
    },
  };
}
