import { createServer, type Socket } from 'node:net';
import { openTransport } from '../src/index.ts';

export interface TcpBridge extends AsyncDisposable {
  readonly url: string;
  /** Breaks the connections: `end` closes them in order, `reset` by RST. */
  cut(how: 'end' | 'reset'): void;
  /** The connections stand, but nothing passes any more, as when the other host lost its power. */
  freeze(): void;
  /** Nobody listens until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A board's line behind a TCP socket, as an emulator's UART is. */
export async function startBridge(path: string): Promise<TcpBridge> {
  const line = await openTransport(path);
  const sockets = new Set<Socket>();
  const frozen = new Set<Socket>();
  line.onData((chunk) => {
    for (const socket of sockets) if (!frozen.has(socket)) socket.write(chunk);
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      if (!frozen.has(socket)) void line.write(chunk).catch(() => {});
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  await listen(0);
  const { port } = server.address() as { port: number };
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `tcp://127.0.0.1:${port}`,
    cut(how) {
      for (const socket of sockets) how === 'end' ? socket.end() : socket.resetAndDestroy();
    },
    freeze() {
      for (const socket of sockets) frozen.add(socket);
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      drop();
      await closed;
    },
    start: () => listen(port),
    async [Symbol.asyncDispose]() {
      drop();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await line.close();
    },
  };
}
