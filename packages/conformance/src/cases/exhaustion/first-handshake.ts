import { readFileSync } from 'node:fs';
import { MicroPythonError, py, resetChip } from '@wirewrap/repl-driver';
import type { TlsServerPeer } from '@wirewrap/tls-lab';
import { ignored } from '../../debug.ts';
import type { CaseBench, ConformanceCase } from '../conformance-case.ts';

const CLIENT = readFileSync(new URL('./client.py', import.meta.url), 'utf8');
const CHURN = readFileSync(new URL('./churn.py', import.meta.url), 'utf8');

/** Bytes of the pieces that the heap is cut into; an ESP32's TLS wants 16 KB and 4 KB in one. */
const PIECES = [256, 2_048, 8_192] as const;

const targetOf = ({ network }: CaseBench, { address, port }: TlsServerPeer): readonly [string, number] => [
  network.hostFor(address),
  port,
];

async function bootAnew({ board, network }: CaseBench): Promise<void> {
  try {
    await resetChip(board);
  } catch (error) {
    // No RTS line, and a port without machine.reset.
    if (!(error instanceof MicroPythonError)) throw error;
    ignored('a chip that has no reset')(error);
    await board.reset('soft');
  }
  await network.join(board);
}

/** micropython#9071: a handshake as the first thing that the board does after it booted, and a second one. */
async function firstAfterBoot(bench: CaseBench): Promise<unknown> {
  const { board, tls, pki, clock } = bench;
  await using server = await tls.server({ certificate: await pki.certificate('good') });
  await bootAnew(bench);
  await board.exec(CLIENT);
  await board.exec(CHURN);
  const [host, port] = targetOf(bench, server);
  const answers: string[] = [];
  for (const name of ['first handshake after boot', 'second handshake']) {
    const began = clock.now();
    answers.push(await board.evaluate<string>(py`_stry(_sask, ${host}, ${port})`, { deadlineMs: 40_000 }));
    bench.measure(name, 'ms', clock.now() - began);
  }
  return { first: answers[0], second: answers[1] };
}

/** A handshake while Python's heap is cut into pieces, and one once it is whole again: an error is no fault, a reset is. */
const onPieces =
  (piece: number) =>
  async (bench: CaseBench): Promise<unknown> => {
    const { board, tls, pki } = bench;
    await using server = await tls.server({ certificate: await pki.certificate('good') });
    await board.exec(CLIENT);
    await board.exec(CHURN);
    const call = py`_schurn(_sask, ${targetOf(bench, server)[0]}, ${server.port}, ${piece})`;
    const [churned, afterwards, pieces, free] = await board.evaluate<[string, string, number, number]>(call, {
      deadlineMs: 60_000,
    });
    bench.measure('pieces', 'count', pieces);
    bench.measure("free of Python's heap, in pieces", 'bytes', free);
    return { churned, afterwards };
  };

/** A handshake on a heap as it is after boot, and on one that was churned. Role client. */
export const FIRST_HANDSHAKE_CASES: readonly ConformanceCase[] = [
  { id: 'exhaustion/client/first-after-boot', budgetMs: 120_000, run: firstAfterBoot },
  ...PIECES.map((piece) => ({
    id: `exhaustion/client/heap-in-pieces-of-${piece}`,
    budgetMs: 120_000,
    run: onPieces(piece),
  })),
];
