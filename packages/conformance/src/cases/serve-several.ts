import { type PythonSource, py } from '@wirewrap/repl-driver';
import { PROLOGUE } from './board-expression.ts';
import type { CaseBench } from './conformance-case.ts';
import { raisedBy } from './failed-program.ts';

/** Milliseconds for all connections of a case; a handshake takes up to 3 s on an ESP32. */
export const SERVED_MS = 30_000;

/** On the board. Each connection says a line and gets it back. */
const PROGRAM = `${PROLOGUE}
import socket

def _wwserve(address, port, count, wrap, live):
    l = socket.socket()
    l.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    l.bind(socket.getaddrinfo(address, port)[0][-1])
    l.listen(count)
    l.settimeout(10)
    wrapped = []
    try:
        for n in range(count):
            print('listening')
            s = l.accept()[0]
            s.settimeout(10)
            w = wrap(s)
            wrapped.append(w)
            if not live:
                w.write(w.readline())
                w.close()
        if live:
            for w in wrapped:
                w.write(w.readline())
    finally:
        l.close()
        for w in wrapped:
            w.close()

def _wwcontext(key, cert):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(cert, key)
    return lambda s: c.wrap_socket(s, server_side=True)
`;

export interface SeveralClients {
  readonly count: number;
  /** One context serves all of them; false: each has a `wrap_socket` of its own. */
  readonly context: boolean;
  /** All of them stay until the last one was accepted; false: one after the other. */
  readonly live: boolean;
}

/** A connection of the host's, and what comes of it. */
export interface SeveralAnswer {
  readonly answer: Promise<unknown>;
}

/**
 * The board serves, and the host connects again and again: `connect` resolves once a connection is made. Resolves with every
 * answer, or with what the board raised.
 */
export async function serveSeveral(
  bench: CaseBench,
  { count, context, live }: SeveralClients,
  connect: (n: number, at: { readonly host: string; readonly port: number }) => Promise<SeveralAnswer>,
): Promise<unknown> {
  const { key, leaf } = await bench.pki.certificate('good');
  await bench.board.exec(PROGRAM);
  await bench.network.join(bench.board);
  const port = await bench.network.boardPort();
  const wrap: PythonSource = context
    ? py`_wwcontext(${key.der}, ${leaf.der})`
    : py`lambda s: ssl.wrap_socket(s, server_side=True, key=${key.der}, cert=${leaf.der})`;
  const call = py`_wwserve(${bench.network.bindAddress}, ${port}, ${count}, ${wrap}, ${live})`;
  await using stream = await bench.board.stream(call, { deadlineMs: SERVED_MS });
  const finished = stream.finished.then(() => null, raisedBy);
  const answers: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    await stream.waitFor('listening');
    answers.push((await connect(n, bench.network.boardAt(port))).answer);
  }
  const raised = await finished;
  return raised ?? { answers: await Promise.all(answers) };
}
