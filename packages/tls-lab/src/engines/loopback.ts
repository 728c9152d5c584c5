import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A listener on 127.0.0.1 that hands out both ends of real TCP connections. */
export class Loopback implements AsyncDisposable {
  readonly #server: Server;
  readonly #waiting = new Map<number, (socket: Socket) => void>();
  readonly #early = new Map<number, Socket>();

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async listen(): Promise<Loopback> {
    const server = createServer({ noDelay: true });
    const loopback = new Loopback(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return loopback;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async pair(): Promise<{ near: Socket; far: Socket }> {
    const near = connect({ port: this.port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    await once(near, 'connect');
    const port = near.localPort ?? 0;
    const { promise, resolve } = Promise.withResolvers<Socket>();
    const early = this.#early.get(port);
    if (early === undefined) this.#waiting.set(port, resolve);
    else resolve(early);
    this.#early.delete(port);
    return { near, far: await promise };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#early.values()) socket.destroy();
    // Not awaited: it would wait for the pairs, which belong to their sessions.
    this.#server.close();
  }

  #accept(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    const waiting = this.#waiting.get(port);
    this.#waiting.delete(port);
    if (waiting === undefined) this.#early.set(port, socket);
    else waiting(socket);
  }
}
