import { setTimeout as sleep } from 'node:timers/promises';
import { MicroPythonError, py } from '@wirewrap/repl-driver';
import { ignored } from '../debug.ts';
import { observedError } from '../observation/observed-error.ts';
import { PROLOGUE } from './board-expression.ts';
import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { raisedBy } from './failed-program.ts';

const PROGRAM = `${PROLOGUE}
import socket
def _wwquiet(host, port, marker):
    s = socket.socket()
    s.connect(socket.getaddrinfo(host, port)[0][-1])
    if marker:
        print(marker)
    w = ssl.wrap_socket(s)
    w.write(b'ping\\n')
    w.readline()
    w.close()
`;

/** What the board prints by itself: a debug message of the TLS library in the middle of a program's output. */
async function prints(bench: CaseBench): Promise<unknown> {
  await using server = await bench.tls.server({ certificate: await bench.pki.certificate('good') });
  try {
    await bench.board.exec(PROGRAM);
    const host = bench.network.hostFor(server.address);
    return { printed: await bench.board.exec(py`_wwquiet(${host}, ${server.port}, None)`) };
  } catch (error) {
    return raisedBy(error);
  } finally {
    await server.nextTranscript({ deadlineMs: 250 }).catch(ignored('waiting for the last transcript'));
  }
}

/** Milliseconds that the board has been waiting for an answer when Ctrl-C comes. */
const WAITING_MS = 500;
/** The ESP32 looks for Ctrl-C ten times a second; the line and a busy host need some. */
const SOON_MS = 5_000;

/** Ctrl-C while `wrap_socket` waits for a peer that says nothing. */
async function interrupted(bench: CaseBench): Promise<unknown> {
  const certificate = await bench.pki.certificate('good');
  await using server = await bench.tls.server({ certificate, faults: ['never-answers'] });
  try {
    await bench.board.exec(PROGRAM);
    const host = bench.network.hostFor(server.address);
    await using stream = await bench.board.stream(py`_wwquiet(${host}, ${server.port}, 'wrapping')`);
    const end = stream.finished.then(
      () => 'no exception',
      (error: unknown) => (error instanceof MicroPythonError ? observedError(error).type : raisedBy(error)),
    );
    await stream.waitFor('wrapping');
    await sleep(WAITING_MS);
    await stream.interrupt();
    return { ends: await Promise.race([end, sleep(SOON_MS, 'goes on')]) };
  } finally {
    await server.nextTranscript({ deadlineMs: 250 }).catch(ignored('waiting for the last transcript'));
  }
}

/** What a handshake leaves to the program around it: the output, and Ctrl-C. */
export const QUIET_CASES: readonly ConformanceCase[] = [
  { id: 'stream/prints-nothing', run: prints },
  { id: 'handshake/silent-peer-ctrl-c', number: '37', run: interrupted },
];
