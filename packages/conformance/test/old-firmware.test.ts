import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeValue, type PythonSource } from '@wirewrap/repl-driver';
import type { BoardRun } from '@wirewrap/tls-lab';
import { beforeAll, describe, expect, test } from 'vitest';
import { ALL_CASES } from '../src/index.ts';

interface OldMicroPython {
  runPython(source: string): unknown;
}

/** What a case gives a board to compile. `call`: one expression; the rest are statements. */
interface Program {
  readonly case: string;
  readonly source: string;
  readonly kind: 'exec' | 'eval' | 'either';
}

/** The package has no types. */
const NAME: string = 'micropython-1.20';
const engine = await import(NAME).catch(() => undefined);

/** Answers every question about certificates, addresses and options with something that can be encoded. */
function anything(): unknown {
  const values: Record<string, unknown> = {
    der: new Uint8Array(300),
    pem: '-----BEGIN X-----\n',
    host: 'board.test',
    port: 443,
    address: '127.0.0.1',
    bindAddress: '127.0.0.1',
    length: 0,
  };
  return new Proxy(() => {}, {
    get(_, name) {
      if (name === 'then' || typeof name === 'symbol') return name === Symbol.asyncDispose ? async () => {} : undefined;
      return name in values ? values[name] : anything();
    },
    apply: () => anything(),
  });
}

/** Runs a case against a bench that only takes down what would go to the board. */
async function programsOf(row: (typeof ALL_CASES)[number]): Promise<readonly Program[]> {
  const found: Program[] = [];
  const add = (kind: Program['kind'], source: string) => found.push({ case: row.id, kind, source });
  const ofRun = (run: BoardRun = {}) => {
    for (const line of run.context ?? []) add('exec', line);
    for (const step of run.steps ?? []) if (step.do === 'python') add('either', step.source);
    throw new Error('taken down');
  };
  const text = (source: string | PythonSource) => (typeof source === 'string' ? source : source.source);
  const bench = new Proxy(
    {
      board: {
        exec: async (source: string | PythonSource) => void add('exec', text(source)),
        evaluate: async (source: string | PythonSource) => {
          add('eval', text(source));
          return anything();
        },
        stream: async (source: string | PythonSource) => {
          add('exec', text(source));
          throw new Error('taken down');
        },
        files: anything(),
      },
      tls: {
        server: async () => anything(),
        connect: async (_: unknown, run?: BoardRun) => ofRun(run),
        serve: async (run?: BoardRun) => ofRun(run),
      },
    },
    { get: (own, name) => Reflect.get(own, name) ?? anything() },
  );
  // A case judges what it sees, and nothing real is to be seen here.
  await row.run(bench as never).catch(() => {});
  return found;
}

/** Real MicroPython 1.20 (WebAssembly) with an ESP32's heap: no case may need a newer compiler. */
describe.skipIf(!engine)(
  `on MicroPython 1.20 with 100 KB of heap${engine ? '' : ' (micropython-1.20 is missing)'}`,
  () => {
    let python: OldMicroPython;
    let programs: readonly Program[];
    beforeAll(async () => {
      const url = fileURLToPath(new URL('./micropython.wasm', import.meta.resolve(NAME)));
      python = await engine.loadMicroPython({ url, heapsize: 100 * 1024, stdout: () => {} });
      programs = (await Promise.all(ALL_CASES.map(programsOf))).flat();
      programs = [...new Map(programs.map((program) => [program.kind + program.source, program])).values()];
    });

    function compiles(source: string, mode: 'exec' | 'eval'): void {
      python.runPython(`import gc\ngc.collect()\ncompile(${encodeValue(source)}, 'x', '${mode}')`);
    }

    test('the engine is the one that we mean', () => {
      python.runPython('import sys\nassert sys.implementation.version[:2] == (1, 20)');
      expect(() => compiles('if', 'exec')).toThrow(/SyntaxError/);
    });

    test("every case's Python compiles", () => {
      const families = new Set(programs.map((program) => program.case.split('/')[0]));
      // Those that bring Python of their own; what the endpoint runs for all of them is compiled in tls-lab's tests.
      const own = ['asyncio', 'book', 'memory', 'module', 'mutual', 'server', 'stream'];
      expect([...families]).toEqual(expect.arrayContaining(own));
      const refused: string[] = [];
      for (const { case: id, source, kind } of programs) {
        try {
          compiles(source, kind === 'eval' ? 'eval' : 'exec');
        } catch (error) {
          refused.push(`${id}: ${(error as Error).message}\n${source}`);
        }
      }
      expect(refused).toEqual([]);
    });

    test('the probe compiles', () => {
      compiles(readFileSync(new URL('../src/capabilities/probe.py', import.meta.url), 'utf8'), 'exec');
    });
  },
);
