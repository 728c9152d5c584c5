import type { Socket } from 'node:net';
import type { PeerApplication } from '../application/peer-application.ts';
import type { EngineSession } from './engine.ts';
import { type OpensslProcess, OpensslRun } from './openssl-run.ts';

/** One run of openssl behind a TCP or Unix socket. */
export class OpensslSession extends OpensslRun implements EngineSession {
  readonly socket: Socket;

  constructor(
    process: OpensslProcess,
    socket: Socket,
    keyLog: string,
    does: PeerApplication | undefined,
    renegotiate: string | null,
  ) {
    super(process, keyLog, does, renegotiate);
    this.socket = socket;
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await super[Symbol.asyncDispose]();
  }
}
