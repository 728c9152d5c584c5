import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Application } from '../application/application.ts';
import type { PeerApplication } from '../application/peer-application.ts';
import { KeyLog } from '../transcript/key-log.ts';
import type { Transcript } from '../transcript/transcript.ts';
import type { EngineSession } from './engine.ts';
import { peerError } from './peer-error.ts';

/** A session of node:tls over a loopback connection. */
export class NodeSession implements EngineSession {
  readonly socket: Socket;
  readonly keyLog: KeyLog = new KeyLog();
  readonly over: Promise<void>;
  readonly #far: Socket;
  readonly #finish: () => void;
  #tls: TLSSocket | null = null;
  #application: Application | null = null;
  #error: Transcript['peerError'] = null;

  constructor(near: Socket, far: Socket) {
    this.socket = near;
    this.#far = far;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    this.#finish = resolve;
    far.on('error', (error) => this.fail(error));
    far.once('close', () => resolve());
  }

  get received(): Uint8Array {
    return this.#application?.received ?? new Uint8Array(0);
  }

  get error(): Transcript['peerError'] {
    return this.#error;
  }

  /** Follows the TLS socket for its errors and its end. */
  follow(tls: TLSSocket): void {
    this.#tls = tls;
    tls.on('error', (error) => {
      this.fail(error);
      // Who receives a fatal alert closes at once (RFC 5246 7.2.2, RFC 8446 6.2); node:tls leaves it to its user. An end
      // that found the error itself still has its own alert to send.
      if (peerError(error).alert !== null) tls.destroy();
    });
    tls.once('close', this.#finish);
  }

  /** The handshake is over. */
  run(tls: TLSSocket, does: PeerApplication | undefined): void {
    const application = new Application(does, {
      write: (bytes) => tls.destroyed || tls.write(bytes),
      drained: (then) => tls.once('drain', then),
      end: (bytes) => void (tls.destroyed || (bytes === undefined ? tls.end() : tls.end(bytes))),
    });
    this.#application = application;
    if (does !== 'deaf') tls.on('data', (chunk) => application.data(chunk));
    application.begin();
  }

  /** The first error counts. */
  fail(error: Error): void {
    this.#error ??= peerError(error);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#tls?.destroy();
    this.#far.destroy();
    this.socket.destroy();
    await this.over;
  }
}
