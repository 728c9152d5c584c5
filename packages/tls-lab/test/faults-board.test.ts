import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoardStep } from '../src/board/board-endpoint.ts';
import type { BoardOutcome } from '../src/board/board-outcome.ts';
import type { CorrectResult } from '../src/faults/fault.ts';
import type { Handshake } from '../src/handshake.ts';
import { storyOf } from '../src/story/story.ts';
import { CLIENT_DEVIATIONS, deviation, SERVER_DEVIATIONS } from './board-deviations.ts';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';
import { type FaultCase, faultCases, incorrect } from './correct-reaction.ts';

/** Socket timeouts in seconds: short where the peer never answers, longer than any pause elsewhere. */
const WAITING_S = 1;
const PATIENT_S = 10;
const TIMED_OUT: readonly unknown[] = [110, 116, -110, -116];
const RESET: readonly unknown[] = [104, -104];

const READ_ALL = [
  'result = b""',
  'total = 0',
  'while True:',
  '    chunk = wrapped.read(1024)',
  '    if not chunk:',
  '        break',
  '    total += len(chunk)',
  '    result = chunk[-16:]',
  'result = (result, total)',
].join('\n');

function resultOf({ error, steps }: BoardOutcome, answer: string, wire: Handshake['wire']): CorrectResult {
  if (error !== null && TIMED_OUT.includes(error.errno)) return 'waits';
  if (error !== null) return wire?.handshakeCompleted && RESET.includes(error.errno) ? 'truncated' : 'aborts';
  const values = steps.flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
  const answered = values.some((value) => value instanceof Uint8Array && Buffer.from(value).includes(answer));
  return answered || values.includes(10_000_000) ? 'completes' : 'ended';
}

const ANSWER: readonly BoardStep[] = [{ do: 'readline' }, { do: 'write', bytes: 'gnip\n' }];

const timeoutOf = ({ correct }: FaultCase): number => (correct.results.includes('waits') ? WAITING_S : PATIENT_S);

describe.skipIf(noMicroPython)(`the board under every fault, ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  function judge(handshake: Handshake, fault: FaultCase, answer: string, known: typeof CLIENT_DEVIATIONS) {
    const { board, wire } = handshake;
    expect(board.crash).toBeNull();
    expect(wire?.faults).toContain(fault.name);
    if (wire === null) return;
    const results = [resultOf(board, answer, wire)];
    const problem = incorrect(fault.correct, results, wire, storyOf(handshake));
    const written = deviation(known, fault.name, fault.version);
    if (problem !== null && written === null) expect.fail(problem);
    if (problem !== null) expect(results[0], written?.why).toBe(written?.result);
  }

  test.for(faultCases('server'))('client: $name in $version', async (fault) => {
    const handshake = await bench.lab.connect(
      { faults: [fault.fault], application: { respond: 'pong\n', when: 'ping' }, maxVersion: fault.version },
      {
        timeout: timeoutOf(fault),
        stopOnError: true,
        steps: [
          { do: 'write', bytes: 'ping\n' },
          { do: 'python', name: 'read all', source: READ_ALL },
          { do: 'close' },
        ],
      },
    );
    judge(handshake, fault, 'pong', CLIENT_DEVIATIONS);
  });

  test.for(faultCases('client'))('server: $name in $version', async (fault) => {
    const handshake = await bench.lab.serve(
      {
        certificate: await bench.pki.certificate('good'),
        timeout: timeoutOf(fault),
        stopOnError: true,
        steps: [
          // Ten megabytes have no line in them and do not fit into the board.
          ...(fault.name === 'ten-megabytes' ? [] : ANSWER),
          { do: 'python', name: 'read all', source: READ_ALL },
          { do: 'close' },
        ],
      },
      {
        faults: [fault.fault],
        application: { send: 'ping\n', afterwards: 'close-after-answer' },
        maxVersion: fault.version,
      },
    );
    judge(handshake, fault, 'ping', SERVER_DEVIATIONS);
  });
});
