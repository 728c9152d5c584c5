import type { Handshake } from '@wirewrap/tls-lab';
import type { CaseBench } from '../conformance-case.ts';
import { tlsMemory } from '../exhaustion/tls-memory.ts';

/** Allocations from the last one back that are let fail: those of the Finished message and its encryption are among them. */
const LAST_ALLOCATIONS = 40;

/** Alerts by which the host says that the Finished message is not the one that it expects. */
const WRONG_FINISHED: readonly string[] = ['decrypt_error', 'bad_record_mac', 'handshake_failure'];

function isRefusedForFinished({ wire }: Handshake): boolean {
  const finished = wire?.messages.some(({ sender, name }) => sender === 'board' && name === 'finished') ?? false;
  return (
    finished && (wire?.alerts ?? []).some(({ sender, name }) => sender === 'peer' && WRONG_FINISHED.includes(name))
  );
}

/** TLS 1.2 handshakes in which one of the last allocations of the board's TLS library fails. */
export async function starvedFinished(bench: CaseBench): Promise<unknown> {
  const memory = await tlsMemory(bench);
  if ('unavailable' in memory) return memory;
  await using server = await bench.tls.server({
    certificate: await bench.pki.certificate('good'),
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.2',
  });
  const connect = async (failing: number): Promise<Handshake> => {
    await memory.fail(failing, failing);
    return await bench.tls.connect(server, {
      steps: [{ do: 'python', name: 'count', source: memory.countExpression }],
    });
  };
  await connect(0);
  const whole = await connect(0);
  if (!whole.board.completed) return { control: 'fails' };
  const total = Number(whole.board.steps[0]?.value);
  const outcomes: Handshake[] = [];
  for (let number = Math.max(1, total - LAST_ALLOCATIONS); number <= total; number += 1) {
    outcomes.push(await connect(number));
  }
  await memory.fail(0, 0);
  const failed = outcomes.filter(({ board }) => !board.completed);
  bench.measure('allocations in a handshake', 'count', total);
  bench.measure('handshakes that failed for want of memory', 'count', failed.length);
  return {
    control: 'completes',
    failures: failed.length > 0,
    wrongFinished: outcomes.some(isRefusedForFinished),
    crashes: outcomes.some(({ board }) => board.crash !== null),
  };
}
