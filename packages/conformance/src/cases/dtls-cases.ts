import { MicroPythonError, py } from '@wirewrap/repl-driver';
import { canonicalValue } from '../observation/canonical-json.ts';
import { observedError } from '../observation/observed-error.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { DtlsPeer } from './dtls-peer.ts';
import { needs } from './needs.ts';
import { needsOpenssl } from './needs-openssl.ts';

const PROGRAM = `
import socket
import ssl
try:
    import tls
except ImportError:
    tls = ssl
def dtls_client(host, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        s.settimeout(3)
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        w = ssl.SSLContext(ssl.PROTOCOL_DTLS_CLIENT).wrap_socket(s)
        w.write(b'ping\\n')
        return w.read(5)
    finally:
        s.close()
def dtls_server(host, port, key, cert, options):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    seen = []
    try:
        s.settimeout(3)
        s.bind(socket.getaddrinfo(host, port)[0][-1])
        c = tls.SSLContext(tls.PROTOCOL_DTLS_SERVER)
        c.load_cert_chain(cert, key)
        print('listening')
        peer = s.recvfrom(1)[1]
        s.connect(peer)
        for attempt in range(2):
            try:
                w = c.wrap_socket(s, server_side=True, **options)
                seen.append('done')
                w.write(b'pong\\n')
                break
            except OSError as e:
                seen.append(e.args[0])
                if e.args[0] != -27264:
                    break
    finally:
        s.close()
    print(seen)
    return seen
`;

function observedOrThrow(error: unknown): unknown {
  if (error instanceof MicroPythonError) return canonicalValue({ end: 'fails', error: observedError(error) });
  throw error;
}

async function client(bench: CaseBench): Promise<unknown> {
  await bench.network.join(bench.board);
  const bundle = await bench.pki.certificate('good');
  const { peer, port } = await DtlsPeer.serve(bundle, bench.network.listenAddress);
  await using _peer = peer;
  await bench.board.exec(PROGRAM);
  const answered = peer.says(/ping\n/).then(
    () => peer.say('pong\n'),
    () => {},
  );
  try {
    const host = bench.network.hostFor(bench.network.listenAddress);
    const answer = await bench.board.evaluate(py`dtls_client(${host}, ${port})`);
    await answered;
    return canonicalValue({ end: 'completes', answer });
  } catch (error) {
    // Not every way to a board carries UDP (NAT, port forwards); that says nothing about the firmware.
    if (error instanceof MicroPythonError && error.errnoName === 'ETIMEDOUT') {
      return { unavailable: 'no answer over UDP' };
    }
    return observedOrThrow(error);
  }
}

/** What the two attempts of the server gave: numbers of the exceptions, `done` at the end. */
async function server(bench: CaseBench, clientId: boolean): Promise<unknown> {
  await bench.network.join(bench.board);
  const { key, leaf } = await bench.pki.certificate('good');
  await bench.board.exec(PROGRAM);
  const port = await bench.network.boardPort();
  const options = clientId ? new Map([['client_id', Buffer.from('wirewrap')]]) : new Map();
  const call = py`dtls_server(${bench.network.bindAddress}, ${port}, ${key.der}, ${leaf.der}, ${options})`;
  await using stream = await bench.board.stream(call);
  const finished = stream.finished.catch((error: unknown) => error);
  await stream.waitFor('listening');
  const at = bench.network.boardAt(port);
  await using _peer = await DtlsPeer.connect(at.host, at.port);
  const output = await finished;
  if (output instanceof Error) return observedOrThrow(output);
  const seen = /\[.*\]/.exec(String(output))?.[0] ?? '';
  return { end: seen.includes('done') ? 'completes' : 'fails', attempts: seen };
}

const unavailable: ConformanceCase['unavailable'] = (can) => needs('dtls')(can) ?? needsOpenssl();

/** DTLS 1.2 against `openssl` on the host; firmwares before 1.25 have none. */
export const DTLS_CASES: readonly ConformanceCase[] = [
  { id: 'dtls/client', number: '78', unavailable, run: client },
  { id: 'dtls/server-without-client-id', number: '78', unavailable, run: (bench) => server(bench, false) },
  { id: 'dtls/server-with-client-id', number: '78', unavailable, run: (bench) => server(bench, true) },
];
