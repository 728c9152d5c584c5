import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { py } from '@wirewrap/repl-driver';
import { setClock } from '@wirewrap/tls-lab';
import { instead } from '../../debug.ts';
import type { Unavailable } from '../../observation/not-observed.ts';
import type { CaseBench } from '../conformance-case.ts';
import { withLibrary } from './with-library.ts';

/** RFC 5905: seconds from 1900 to 1970, and where a packet has the time at which it was sent. */
const FROM_1900 = 2_208_988_800;
const TRANSMITTED_AT = 40;
const NTP_PORT = 123;

/** Any year that the clock of nobody shows: 2033-05-18. */
const FOREIGN_TIME = 2_000_000_000;

/** A server that says the same time to everybody; null where this process may not have the port. */
export async function serveTime(address: string, port: number = NTP_PORT): Promise<AsyncDisposable | null> {
  const socket = createSocket('udp4');
  socket.on('message', (_, { port: to, address: from }) => {
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer.writeUInt32BE(FOREIGN_TIME + FROM_1900, TRANSMITTED_AT);
    socket.send(answer, to, from);
  });
  const close = (): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));
  socket.bind(port, address);
  const listens = await once(socket, 'listening').then(() => true, instead(false, `listening on port ${port}`));
  if (listens) return { [Symbol.asyncDispose]: close };
  await close();
  return null;
}

const NO_PORT: Unavailable = {
  unavailable: 'this process may not listen on port 123, the only one that ntptime asks',
  limit: 'host',
};

/** Whether the clock, which every certificate is checked by, is set to what anybody says. */
export async function believingAnybody(bench: CaseBench): Promise<unknown> {
  const { board, network } = bench;
  await network.join(board);
  await using server = await serveTime(network.listenAddress);
  if (server === null) return NO_PORT;
  try {
    return await withLibrary(bench, 'ntptime', async () => {
      const year = await board.evaluate<number>(py`_lclock(${network.hostFor(network.listenAddress)})`);
      return { year };
    });
  } finally {
    await setClock(board, bench.clock.date());
  }
}
