import type { CertificateBundle } from '@wirewrap/certgen';
import { MicroPythonError, py } from '@wirewrap/repl-driver';
import { canonicalValue } from '../observation/canonical-json.ts';
import { observedError } from '../observation/observed-error.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';

/** Opens a stream as the documentation of asyncio shows it. Old firmwares have neither `ssl=` nor `asyncio`. */
const PROGRAM = `
try:
    import asyncio
except ImportError:
    import uasyncio as asyncio
import ssl
async def _ask(host, port, ca, name):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.verify_mode = ssl.CERT_REQUIRED
    c.load_verify_locations(cadata=ca)
    r, w = await asyncio.open_connection(host, port, ssl=c, server_hostname=name)
    try:
        w.write(b'ping\\n')
        await w.drain()
        return await r.readline()
    finally:
        w.close()
        await w.wait_closed()
def ask(host, port, ca, name):
    return asyncio.run(asyncio.wait_for(_ask(host, port, ca, name), 8))
`;

async function ask(bench: CaseBench, certificate: CertificateBundle): Promise<unknown> {
  await using server = await bench.tls.server({ certificate });
  try {
    await bench.board.exec(PROGRAM);
    const host = bench.network.hostFor(server.address);
    const call = py`ask(${host}, ${server.port}, ${certificate.ca.der}, ${certificate.host})`;
    return canonicalValue({ answer: await bench.board.evaluate(call) });
  } catch (error) {
    if (error instanceof MicroPythonError) return canonicalValue({ raises: observedError(error) });
    throw error;
  } finally {
    await server.nextTranscript({ deadlineMs: 250 }).catch(() => null);
  }
}

/** TLS by asyncio streams. Role client. */
export const ASYNCIO_CASES: readonly ConformanceCase[] = (['good', 'wrong-host'] as const).map((profile) => ({
  id: `asyncio/required-${profile}`,
  number: '58',
  run: async (bench) => ask(bench, await bench.pki.certificate(profile)),
}));
