import { py } from '@wirewrap/repl-driver';
import { connectTlsClient } from '@wirewrap/tls-lab';
import { ignored, instead } from '../../debug.ts';
import type { CaseBench } from '../conformance-case.ts';
import { SiegePeers } from '../exhaustion/junk-peers.ts';
import { reachingBoard } from '../reach.ts';
import type { ModuleName } from './library-files.ts';
import { withLibrary } from './with-library.ts';

/** A library that serves. */
export interface ServerLibrary {
  readonly id: string;
  readonly module: ModuleName | null;
  readonly use: string;
}

/** Seconds that the board's server is there. */
const SERVING_S = 8;

/** Milliseconds that the host waits for an answer. */
const ANSWER_MS = 6_000;

interface Place {
  readonly host: string;
  readonly port: number;
}

/** The answer to a request, or null where none came. */
async function ask(at: Place, certificate?: Parameters<typeof connectTlsClient>[2]): Promise<string | null> {
  try {
    await using client = await connectTlsClient(at.host, at.port, {
      application: { send: 'GET / HTTP/1.0\r\n\r\n', afterwards: 'wait' },
      ...certificate,
    });
    const { received } = await client.transcript({ deadlineMs: ANSWER_MS });
    const text = Buffer.from(received).toString('latin1');
    return text === '' ? null : (text.split('\r\n\r\n').at(-1) ?? null);
  } catch (error) {
    return instead(null, "asking a library's server")(error);
  }
}

/** One peer that sends junk must not end the service for the others. */
async function askAfterJunk(at: Place): Promise<string | null> {
  await using peers = new SiegePeers();
  await peers.lay('junk', 1, at);
  return await ask(at);
}

/** A library's server with a good peer, and then a good one after junk, or one without the certificate that is asked for. */
export const serving =
  (library: ServerLibrary, isVerifying: boolean) =>
  (bench: CaseBench): Promise<unknown> =>
    reachingBoard(bench, async () => {
      const { key, leaf } = await bench.pki.certificate('good');
      const client = await bench.pki.certificate('client-good');
      await bench.network.join(bench.board);
      const port = await bench.network.boardPort();
      const at = bench.network.boardAt(port);
      return await withLibrary(bench, library.module, async () => {
        const anchor = isVerifying ? client.ca.der : null;
        const call = py`print(_lserve(${library.use}, ${bench.network.bindAddress}, ${port}, ${key.der}, ${leaf.der}, ${anchor}, ${SERVING_S}))`;
        await using stream = await bench.board.stream(call, { deadlineMs: 60_000 });
        stream.finished.catch(ignored("a library's server"));
        await stream.waitFor('listening', { deadlineMs: 15_000 });
        const first = await ask(at, isVerifying ? { certificate: client } : {});
        const second = isVerifying ? { withoutCertificate: await ask(at) } : { afterJunk: await askAfterJunk(at) };
        const ended = (await stream.finished).trim().split('\n').at(-1) ?? '';
        return { answer: first, ...second, ended };
      });
    });
