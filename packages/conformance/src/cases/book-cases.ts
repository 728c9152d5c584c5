import { readFile } from 'node:fs/promises';
import { MicroPythonError, type PythonSource, py } from '@wirewrap/repl-driver';
import { connectTlsClient } from '@wirewrap/tls-lab';
import { ignored } from '../debug.ts';
import { observedError } from '../observation/observed-error.ts';
import { removeCaseFiles } from './board-case-files.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { reachingBoard } from './reach.ts';

const PAGE = 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nHello from the host\n';
const FILES = { key: '/book-key.pem', cert: '/book-cert.pem' } as const;

/** A program as the book's reader would write it; it runs unchanged, from `book-programs/`. */
function bookProgram(name: 'https_client' | 'https_server'): Promise<string> {
  return readFile(new URL(`./book-programs/${name}.py`, import.meta.url), 'utf8');
}

async function httpsClient(bench: CaseBench): Promise<unknown> {
  const bundle = await bench.pki.certificate('self-signed');
  await using server = await bench.tls.server({
    certificate: bundle,
    application: { respond: PAGE, when: '\r\n\r\n' },
  });
  await bench.board.exec(await bookProgram('https_client'));
  try {
    const host = bench.network.hostFor(server.address);
    const response = await bench.board.evaluate<Uint8Array>(py`get(${host}, ${server.port})`);
    const text = Buffer.from(response).toString();
    return { status: text.split('\r\n')[0], whole: text === PAGE };
  } catch (error) {
    if (error instanceof MicroPythonError) return { raises: observedError(error) };
    throw error;
  } finally {
    await server.nextTranscript({ deadlineMs: 250 }).catch(ignored('waiting for the last transcript'));
  }
}

/** Runs a server on the board until it ends, connects when it says that it listens. */
async function serveOnce(bench: CaseBench, call: PythonSource, port: number): Promise<unknown> {
  const at = bench.network.boardAt(port);
  await using stream = await bench.board.stream(call);
  const finished = stream.finished.then(
    () => null,
    (error: unknown) => error,
  );
  await stream.waitFor('listening on');
  await using client = await connectTlsClient(at.host, at.port, {
    application: { send: 'GET / HTTP/1.0\r\n\r\n', afterwards: 'wait' },
  });
  const error = await finished;
  const { received } = await client.transcript({ deadlineMs: 2_000 });
  if (error !== null && !(error instanceof MicroPythonError)) throw error;
  return {
    answered: Buffer.from(received).toString().endsWith('Hello from MicroPython\n'),
    error: error === null ? null : observedError(error),
  };
}

async function serveBook(bench: CaseBench, combined: boolean): Promise<unknown> {
  const bundle = await bench.pki.certificate('good');
  await bench.board.exec(await bookProgram('https_server'));
  await bench.board.files.write(FILES.cert, combined ? bundle.combinedPem : bundle.leaf.pem);
  if (!combined) await bench.board.files.write(FILES.key, bundle.key.pem);
  try {
    await bench.network.join(bench.board);
    const port = await bench.network.boardPort();
    const address = bench.network.bindAddress;
    const call = combined
      ? py`serve(${port}, None, ${FILES.cert}, ${address})`
      : py`serve(${port}, ${FILES.key}, ${FILES.cert}, ${address})`;
    return await serveOnce(bench, call, port);
  } finally {
    await removeCaseFiles(bench.board, [FILES.cert, FILES.key]);
  }
}

/** The book's programs, unchanged. */
export const BOOK_CASES: readonly ConformanceCase[] = [
  { id: 'book/https-client', run: httpsClient },
  { id: 'book/https-server', run: (bench) => reachingBoard(bench, () => serveBook(bench, false)) },
  { id: 'book/https-server-certfile-only', run: (bench) => reachingBoard(bench, () => serveBook(bench, true)) },
];
