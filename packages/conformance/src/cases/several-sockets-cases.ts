import { type PythonSource, py } from '@wirewrap/repl-driver';
import { connectTlsClient } from '@wirewrap/tls-lab';
import { ignored } from '../debug.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import { PROLOGUE } from './board-expression.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { raisedBy } from './failed-program.ts';
import { needs } from './needs.ts';
import { reachingBoard } from './reach.ts';
import { SERVED_MS, serveSeveral } from './serve-several.ts';

/** Two are often right where the third is not: a pool of two, a context that is used up. */
const SOCKETS = 3;

/** On the board. Each socket says a line of its own and reads it back; the answers are the value. */
const PROGRAM = `${PROLOGUE}
import socket

def _wwopen(host, port):
    s = socket.socket()
    s.settimeout(10)
    s.connect(socket.getaddrinfo(host, port)[0][-1])
    return s

def _wwsay(wrapped, n):
    wrapped.write(bytes([48 + n, 10]))
    return wrapped.readline()

def _wwlive(host, port, count):
    wrapped = []
    try:
        for n in range(count):
            wrapped.append(ssl.wrap_socket(_wwopen(host, port)))
        return [_wwsay(wrapped[n], n) for n in range(count)]
    finally:
        for w in wrapped:
            w.close()

def _wwreuse(host, port, count, ca, name):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.verify_mode = ssl.CERT_REQUIRED
    c.load_verify_locations(cadata=ca)
    answers = []
    for n in range(count):
        w = c.wrap_socket(_wwopen(host, port), server_hostname=name)
        try:
            answers.append(_wwsay(w, n))
        finally:
            w.close()
    return answers
`;

async function asClient(bench: CaseBench, call: (host: string, port: number) => PythonSource): Promise<unknown> {
  await using server = await bench.tls.server({ certificate: await bench.pki.certificate('good') });
  try {
    await bench.board.exec(PROGRAM);
    const source = call(bench.network.hostFor(server.address), server.port);
    return canonicalValue({ answers: await bench.board.evaluate(source, { deadlineMs: SERVED_MS }) });
  } catch (error) {
    return raisedBy(error);
  } finally {
    for (let seen = 0; seen < SOCKETS; seen += 1)
      await server.nextTranscript({ deadlineMs: 250 }).catch(ignored('waiting for the last transcript'));
  }
}

async function reuse(bench: CaseBench): Promise<unknown> {
  const { ca, host: name } = await bench.pki.certificate('good');
  return asClient(bench, (host, port) => py`_wwreuse(${host}, ${port}, ${SOCKETS}, ${ca.der}, ${name})`);
}

/** Clients of the host, one after the other; all of them stay until the last one was answered. */
async function asServer(bench: CaseBench, context: boolean): Promise<unknown> {
  await using clients = new AsyncDisposableStack();
  return await serveSeveral(bench, { count: SOCKETS, context, live: !context }, async (n, { host, port }) => {
    const application = { send: `${n}\n`, afterwards: 'wait' } as const;
    const client = clients.use(await connectTlsClient(host, port, { application }));
    const transcript = client.transcript({ deadlineMs: SERVED_MS });
    return { answer: transcript.then(({ received }) => Buffer.from(received).toString()) };
  });
}

/** Several connections at once, and one after the other over one context. */
export const CLIENT_SOCKETS_CASES: readonly ConformanceCase[] = [
  {
    id: 'client/three-live',
    number: '59',
    run: (bench) => asClient(bench, (host, port) => py`_wwlive(${host}, ${port}, ${SOCKETS})`),
  },
  { id: 'client/context/three-times', unavailable: needs('context'), run: reuse },
];

export const SERVER_SOCKETS_CASES: readonly ConformanceCase[] = [
  {
    id: 'server/three-live',
    number: '59',
    run: (bench) => reachingBoard(bench, () => asServer(bench, false)),
  },
  {
    id: 'server/context/three-times',
    unavailable: needs('context'),
    run: (bench) => reachingBoard(bench, () => asServer(bench, true)),
  },
];
