import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Board } from '@wirewrap/repl-driver';
import { findHostAddress, type HostAddress, hostCandidates, isOurs } from './host-address.ts';
import { NetworkError } from './network-error.ts';
import type { NetworkSettings } from './network-settings.ts';
import { type Interface, joinNetwork } from './wifi.ts';

const LOOPBACK = '127.0.0.1';

/** Ports of a board of its own, which shares them with nobody: above the registered ones, below lwIP's ephemeral ones. */
const OWN_PORTS = { first: 20_000, end: 49_000 } as const;

/** Where QEMU's user network has its host, which is the board's gateway, too. Source: QEMU, net/slirp.c. */
const QEMU_HOST = '10.0.2.2';

type Between = (first: number, end: number) => number;

/**
 * How board and host reach each other. Nothing is assumed: settings first, then what the board says.
 *
 * @example
 * const network = new BoardNetwork({ wifi: { ssid: 'lab', password: '' } });
 * await network.join(board);
 */
export class BoardNetwork {
  readonly #settings: NetworkSettings;
  readonly #joinMs: number;
  #interface: Interface | null = null;
  #isJoined = false;
  #found: (HostAddress & { readonly from: string }) | null = null;
  #nextPort: number;

  /**
   * `joinMs`: milliseconds that the board may take to join a Wi-Fi network. Default 20,000. `between` draws the first port of a
   * board of its own, from the first number up to the second, which is left out.
   */
  constructor(
    settings: NetworkSettings = {},
    { joinMs = 20_000, between = randomInt }: { readonly joinMs?: number; readonly between?: Between } = {},
  ) {
    this.#nextPort = between(OWN_PORTS.first, OWN_PORTS.end);
    this.#settings = settings;
    this.#joinMs = joinMs;
  }

  /**
   * Finds the board's interface; joins the Wi-Fi when the board has `network` and is not connected. Then finds, by a
   * connection of the board, at which address it reaches this host, unless the settings say so. Again after a reset.
   */
  async join(board: Board): Promise<void> {
    const own = await joinNetwork(board, this.#settings.wifi, this.#joinMs);
    this.#interface = own;
    if (own !== null && !this.#settings.host && this.#found?.from !== own.address) {
      const { listen } = this.#settings;
      const candidates = hostCandidates(own).map((candidate) => (listen ? { ...candidate, listen } : candidate));
      this.#found = { ...(await findHostAddress(board, own, candidates)), from: own.address };
    }
    this.#isJoined = true;
  }

  /** Joins the board unless it was joined since the last `forget`. */
  async ensureJoined(board: Board): Promise<void> {
    if (!this.#isJoined) await this.join(board);
  }

  /** To call when the chip was reset, or may have been: its interface is no longer connected. */
  forget(): void {
    this.#isJoined = false;
  }

  /** Whether a clock that was never set is set to the host's. */
  get setsClock(): boolean {
    return this.#settings.clock !== 'keep';
  }

  /** Address at which the board reaches this host. */
  get hostAddress(): string {
    if (this.#settings.host) return this.#settings.host;
    return this.#found?.host ?? LOOPBACK;
  }

  /** Address that the host's servers bind to: loopback unless the board reaches us at an address of ours. */
  get listenAddress(): string {
    if (this.#settings.listen) return this.#settings.listen;
    if (!this.#settings.host) return this.#found?.listen ?? LOOPBACK;
    return isOurs(this.#settings.host) ? this.#settings.host : LOOPBACK;
  }

  /** Address at which the board reaches a server of ours that listens on `address`. */
  hostFor(address: string): string {
    const everywhere = address === '0.0.0.0' || address === '::';
    return everywhere || address === this.listenAddress ? this.hostAddress : address;
  }

  /**
   * Whether a TCP reset of this host reaches the board as one. QEMU's user network passes it on, or as an end of the stream, by what
   * it still holds of it.
   */
  get carriesResets(): boolean {
    return this.#interface?.gateway !== QEMU_HOST || this.hostAddress !== QEMU_HOST;
  }

  /** Address that the board's own servers bind to. */
  get bindAddress(): string {
    return this.#interface ? '0.0.0.0' : LOOPBACK;
  }

  /** Where the host reaches what listens on that port of the board. */
  boardAt(port: number): { readonly host: string; readonly port: number } {
    const { boardAddress } = this.#settings;
    return { host: boardAddress?.host ?? this.#interface?.address ?? LOOPBACK, port: boardAddress?.port ?? port };
  }

  /** A port for the board to listen on: the setting, else one that nobody uses. */
  async boardPort(): Promise<number> {
    if (this.#settings.boardPort) return this.#settings.boardPort;
    if (!this.#interface) return await freePort();
    if (this.#nextPort >= OWN_PORTS.end) this.#nextPort = OWN_PORTS.first;
    return this.#nextPort++;
  }
}

/** A board that shares the host's network gets a port that the operating system just gave us. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (cause) =>
      reject(new NetworkError('NO_FREE_PORT', 'The system has no free port for the board.', { cause })),
    );
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
