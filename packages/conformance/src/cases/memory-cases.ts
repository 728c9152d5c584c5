import type { CaseBench, ConformanceCase } from './conformance-case.ts';
import { type ClientRow, clientCase } from './handshake-case.ts';

/** A handshake takes up to 3 s on an ESP32: fewer of them there, so that the case ends in a minute. */
const repeats = ({ can }: CaseBench): number => (can.hardware ? 12 : 30);

/** Connections in a row on one session; the first exception ends it. */
async function inARow(bench: CaseBench): Promise<unknown> {
  const bundle = await bench.pki.certificate('good');
  await using server = await bench.tls.server({ certificate: bundle });
  const heaps: number[] = [];
  const total = repeats(bench);
  for (let done = 0; done < total; done += 1) {
    const { board } = await bench.tls.connect(server);
    if (!board.completed) return { completed: `${done} of ${total}`, error: board.error?.type ?? board.crash };
    if (board.heapAfter !== null) heaps.push(board.heapAfter);
  }
  const [first, last] = [heaps[1], heaps.at(-1)];
  if (first !== undefined && last !== undefined) bench.measure('heap lost in a row', 'bytes', first - last);
  return { completed: `${total} of ${total}` };
}

const ROWS: readonly ClientRow[] = [
  {
    id: 'memory/drop-five-then-wrap',
    number: '59',
    run: {
      steps: [
        {
          do: 'python',
          name: 'five wrapped and dropped',
          source:
            'import gc\ntry:\n    import uio as io\nexcept ImportError:\n    import io\nclass S(io.IOBase):\n    def readinto(self, b):\n        return None\n    def write(self, b):\n        return None\n    def ioctl(self, r, a):\n        return 0\nn = 0\nfor i in range(5):\n    try:\n        ssl.wrap_socket(S(), do_handshake=False)\n        n += 1\n    except (OSError, MemoryError):\n        gc.collect()\ngc.collect()\nresult = n > 0',
        },
        { do: 'write', bytes: 'still here\n' },
        { do: 'readline' },
      ],
    },
    fields: ['steps'],
  },
];

export const MEMORY_CASES: readonly ConformanceCase[] = [
  { id: 'memory/thirty-in-a-row', number: '59', run: inARow },
  ...ROWS.map(clientCase),
];
