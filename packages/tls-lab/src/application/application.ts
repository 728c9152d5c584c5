import type { PeerApplication } from './peer-application.ts';

/** Where the application's plain bytes go: a TLS socket, or the standard input of openssl. */
export interface PlainOutlet {
  /** False when the caller should wait for `drained`. */
  write(bytes: Uint8Array | string): boolean;
  drained(then: () => void): void;
  end(bytes?: Uint8Array | string): void;
}

const BULK_CHUNK = Buffer.alloc(64 * 1024);

/** What the peer does once the handshake is over. */
export class Application {
  readonly #does: PeerApplication;
  readonly #outlet: PlainOutlet;
  readonly #received: Buffer[] = [];
  #ended = false;

  constructor(does: PeerApplication = 'echo', outlet: PlainOutlet) {
    this.#does = does;
    this.#outlet = outlet;
  }

  /** Plain bytes that came from the board. */
  get received(): Uint8Array {
    return Buffer.concat(this.#received);
  }

  begin(): void {
    const does = this.#does;
    if (does === 'close') this.#end();
    if (typeof does !== 'object') return;
    if ('send' in does) {
      if (does.afterwards === 'close') this.#end(does.send);
      else this.#outlet.write(does.send);
    }
    if ('bulk' in does) this.#bulk(does.bulk);
  }

  data(chunk: Buffer): void {
    const does = this.#does;
    this.#received.push(chunk);
    if (does === 'echo') this.#outlet.write(chunk);
    if (typeof does !== 'object' || this.#ended) return;
    if ('send' in does && does.afterwards === 'close-after-answer') this.#end();
    if ('respond' in does && Buffer.concat(this.#received).includes(does.when)) this.#end(does.respond);
  }

  #end(bytes?: Uint8Array | string): void {
    this.#ended = true;
    this.#outlet.end(bytes);
  }

  /** Writes as fast as the other end reads. */
  #bulk(left: number): void {
    if (left <= 0) {
      this.#end();
      return;
    }
    const chunk = BULK_CHUNK.subarray(0, Math.min(left, BULK_CHUNK.length));
    const more = (): void => this.#bulk(left - chunk.length);
    if (this.#outlet.write(chunk)) setImmediate(more);
    else this.#outlet.drained(more);
  }
}
