import { constants } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';

/** How a connection began: with a whole handshake, or with the session of an earlier one. */
export type SessionUse = 'whole' | 'resumed';

export interface SessionTalk {
  readonly handshake: SessionUse;
  /** What came back of the line that was said. */
  readonly answer: string;
  /** To offer again; null where the server gave none. */
  readonly session: Buffer | null;
}

const LINE = 'ping\n';

export interface SessionConnection {
  readonly host: string;
  readonly port: number;
  /** Of an earlier connection; offered by its id, since tickets are off. */
  readonly session: Buffer | null;
  readonly signal: AbortSignal;
}

/** Connects with TLS 1.2, says a line, reads it back, and ends. Rejects when the server does not answer before `signal` aborts. */
export async function talkWithSession({ host, port, session, signal }: SessionConnection): Promise<SessionTalk> {
  const socket = connect({
    host,
    port,
    rejectUnauthorized: false,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_TICKET,
    ...(session === null ? {} : { session }),
  });
  try {
    await once(socket, 'secureConnect', { signal });
    const handshake = socket.isSessionReused() ? 'resumed' : 'whole';
    const given = socket.getSession() ?? null;
    socket.write(LINE);
    const [answer] = (await once(socket, 'data', { signal })) as [Buffer];
    return { handshake, answer: answer.toString(), session: given };
  } finally {
    socket.destroy();
  }
}
