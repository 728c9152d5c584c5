import type { Sender } from './transcript.ts';

export interface WireChunk {
  readonly sender: Sender;
  readonly bytes: Uint8Array;
  readonly atMs: number;
}

export interface WireEnd {
  readonly sender: Sender;
  readonly how: 'fin' | 'rst';
  readonly atMs: number;
}

/** Everything that was seen of one TCP connection with the board, in order. */
export class WireLog {
  readonly connectedAtMs: number;
  readonly chunks: WireChunk[] = [];
  readonly ends: WireEnd[] = [];
  readonly #clock: () => number;
  #closedAtMs: number | null = null;
  #bytes = 0;
  #tlsFrom = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
    this.connectedAtMs = clock();
  }

  data(sender: Sender, bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.chunks.push({ sender, bytes, atMs: this.#clock() });
  }

  /** From now on the bytes are TLS; those before were in the clear. */
  beginTls(): void {
    this.#tlsFrom = this.chunks.length;
  }

  /** Said before TLS (STARTTLS). */
  get plaintext(): readonly WireChunk[] {
    return this.chunks.slice(0, this.#tlsFrom);
  }

  /** The pieces that hold TLS. */
  get tls(): readonly WireChunk[] {
    return this.chunks.slice(this.#tlsFrom);
  }

  /** Payload of both directions that is kept here. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Only the first end of each side counts. */
  end(sender: Sender, how: 'fin' | 'rst'): void {
    if (this.ended(sender)) return;
    this.ends.push({ sender, how, atMs: this.#clock() });
  }

  /** When the TCP connection was gone; null while it is there. */
  get closedAtMs(): number | null {
    return this.#closedAtMs;
  }

  closed(): void {
    this.#closedAtMs ??= this.#clock();
  }

  ended(sender: Sender): boolean {
    return this.ends.some((end) => end.sender === sender);
  }
}
