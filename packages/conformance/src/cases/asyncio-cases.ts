import type { CertificateBundle } from '@wirewrap/certgen';
import { MicroPythonError, py } from '@wirewrap/repl-driver';
import { connectTlsClient } from '@wirewrap/tls-lab';
import { ignored } from '../debug.ts';
import { canonicalValue } from '../observation/canonical-json.ts';
import type { Lost } from '../observation/not-observed.ts';
import { observedError } from '../observation/observed-error.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { raisedBy } from './failed-program.ts';
import { needs } from './needs.ts';
import { reachingBoard } from './reach.ts';

/** Seconds for a connection; a chip needs up to 4 for its handshake. */
const LIMIT_S = 20;
/** Milliseconds for the program around it, which looks for modules among the board's files. */
const PROGRAM_MS = 45_000;

const OUT_OF_TIME: Lost = { lost: 'no answer in time' };

/** Opens a stream as the documentation of asyncio shows it. Old firmwares have neither `ssl=` nor `asyncio`. */
const PROGRAM = `
try:
    import asyncio
except ImportError:
    import uasyncio as asyncio
import ssl
# Parts of asyncio are loaded when they are first used, and looked for among the board's files: not in the case's time.
asyncio.open_connection, asyncio.wait_for, asyncio.run
def _context(ca):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.verify_mode = ssl.CERT_REQUIRED
    c.load_verify_locations(cadata=ca)
    return c
async def _ask(host, port, ca, name):
    c = True if ca is None else _context(ca)
    r, w = await asyncio.open_connection(host, port, ssl=c, server_hostname=name)
    try:
        w.write(b'ping\\n')
        await w.drain()
        return await r.readline()
    finally:
        w.close()
        await w.wait_closed()
def ask(host, port, ca, name):
    return asyncio.run(asyncio.wait_for(_ask(host, port, ca, name), ${LIMIT_S}))
`;

/** A server as the documentation of asyncio shows it: it answers one client with the line that it sent, and ends. */
const SERVER_PROGRAM = `
try:
    import asyncio
except ImportError:
    import uasyncio as asyncio
import ssl
asyncio.start_server, asyncio.wait_for, asyncio.Event, asyncio.run
async def _serve(host, port, key, cert):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(cert, key)
    done = asyncio.Event()
    async def talk(r, w):
        try:
            w.write(await r.readline())
            await w.drain()
        finally:
            w.close()
            await w.wait_closed()
            done.set()
    server = await asyncio.start_server(talk, host, port, ssl=c)
    print('listening')
    await done.wait()
    server.close()
def serve(host, port, key, cert):
    asyncio.run(asyncio.wait_for(_serve(host, port, key, cert), ${LIMIT_S}))
`;

/** @param trusts whether the board gets a context with the certificate's authority, and not `True` */
async function ask(bench: CaseBench, certificate: CertificateBundle, trusts: boolean): Promise<unknown> {
  await using server = await bench.tls.server({ certificate });
  try {
    await bench.board.exec(PROGRAM, { deadlineMs: PROGRAM_MS });
    const host = bench.network.hostFor(server.address);
    const anchor = trusts ? certificate.ca.der : null;
    const call = py`ask(${host}, ${server.port}, ${anchor}, ${certificate.host})`;
    return canonicalValue({ answer: await bench.board.evaluate(call, { deadlineMs: PROGRAM_MS }) });
  } catch (error) {
    // The limit is ours: it says that the board took long, not what its TLS does.
    if (error instanceof MicroPythonError && error.type === 'TimeoutError') return OUT_OF_TIME;
    if (error instanceof MicroPythonError) return canonicalValue({ raises: observedError(error) });
    throw error;
  } finally {
    await server.nextTranscript({ deadlineMs: 250 }).catch(ignored('waiting for the last transcript'));
  }
}

/** As `raisedBy`, without our own limit. */
function raisedInTime(error: unknown): unknown {
  return error instanceof MicroPythonError && error.type === 'TimeoutError' ? OUT_OF_TIME : raisedBy(error);
}

async function serve(bench: CaseBench): Promise<unknown> {
  const { key, leaf } = await bench.pki.certificate('good');
  await bench.board.exec(SERVER_PROGRAM, { deadlineMs: PROGRAM_MS });
  await bench.network.join(bench.board);
  const port = await bench.network.boardPort();
  const at = bench.network.boardAt(port);
  const call = py`serve(${bench.network.bindAddress}, ${port}, ${key.der}, ${leaf.der})`;
  await using stream = await bench.board.stream(call, { deadlineMs: PROGRAM_MS });
  const finished = stream.finished.then(() => null, raisedInTime);
  const listens = await Promise.race([stream.waitFor('listening').then(() => true), finished.then(() => false)]);
  if (!listens) return (await finished) ?? { answer: null };
  const application = { send: 'ping\n', afterwards: 'wait' } as const;
  await using client = await connectTlsClient(at.host, at.port, { application });
  const raised = await finished;
  const { received } = await client.transcript({ deadlineMs: 2_000 });
  return raised ?? canonicalValue({ answer: received });
}

/** TLS by asyncio streams. */
export const ASYNCIO_CASES: readonly ConformanceCase[] = [
  ...(['good', 'wrong-host'] as const).map(
    (profile): ConformanceCase => ({
      id: `asyncio/required-${profile}`,
      number: '58',
      run: async (bench) => ask(bench, await bench.pki.certificate(profile), true),
    }),
  ),
  {
    id: 'asyncio/ssl-true',
    number: '58',
    unavailable: needs('context'),
    run: async (bench) => ask(bench, await bench.pki.certificate('untrusted-ca'), false),
  },
  {
    id: 'asyncio/server',
    number: '58',
    unavailable: needs('context'),
    run: (bench) => reachingBoard(bench, () => serve(bench)),
  },
];
