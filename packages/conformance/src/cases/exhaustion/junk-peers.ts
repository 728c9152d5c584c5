import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a peer does that means no handshake. */
export type Siege = 'junk' | 'silent' | 'slow';

const JUNK = Buffer.alloc(64, 0x5a);

/** The head of a record with a ClientHello that never ends: it comes byte by byte. */
const SLOW_HEAD = Buffer.from('1603010200010001fc0303', 'hex');
const SLOW_PAUSE_MS = 200;

/** Connections of peers that lay siege to a server; all of them are cut off at the end. */
export class SiegePeers implements AsyncDisposable {
  readonly #sockets: Socket[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Opens connections one after the other and does to each what the siege is. */
  async lay(siege: Siege, count: number, at: { readonly host: string; readonly port: number }): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const socket = connect(at);
      socket.on('error', () => {});
      this.#sockets.push(socket);
      await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
      socket.resume();
      if (siege === 'junk') socket.write(JUNK);
      if (siege === 'slow') this.#trickle(socket);
    }
  }

  /** How many of them the server has closed, `waitMs` from now. */
  async closed(waitMs: number): Promise<number> {
    await sleep(waitMs);
    return this.#sockets.filter((socket) => socket.readableEnded || socket.destroyed).length;
  }

  #trickle(socket: Socket): void {
    let at = 0;
    const timer = setInterval(() => {
      if (socket.destroyed || socket.writableEnded) return;
      socket.write(Buffer.from([SLOW_HEAD[at] ?? 0]));
      at += 1;
    }, SLOW_PAUSE_MS);
    this.#timers.add(timer);
  }

  /** The peers go away. */
  cutOff(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cutOff();
  }
}
