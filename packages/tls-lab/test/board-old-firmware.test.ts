import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Board, encodeValue } from '@wirewrap/repl-driver';
import { beforeAll, describe, expect, test } from 'vitest';
import { INSTALL_AGENT } from '../../repl-driver/src/agent/programs.ts';
import { BOARD_PROGRAM } from '../src/board/board-program.ts';
import { caseSource } from '../src/board/case-source.ts';
import { reproduction } from '../src/failure-folder/reproduction.ts';
import type { Handshake } from '../src/handshake.ts';
import { setClock } from '../src/network/board-clock.ts';
import { connectFromBoard } from '../src/network/connect-from-board.ts';

interface OldMicroPython {
  runPython(source: string): unknown;
}

/** All that one case can ask for. */
const run = {
  args: { server_hostname: 'board.test', cert_reqs: { constant: 'CERT_REQUIRED' }, cadata: new Uint8Array(300) },
  steps: [
    { do: 'write', bytes: 'x'.repeat(500), retryMs: 100 },
    { do: 'readinto', size: 4 },
    { do: 'poll', events: 'in', timeoutMs: 5 },
    { do: 'python', name: 'python', source: 'import gc\nresult = gc.mem_free()' },
    { do: 'close' },
  ],
} as const;

const handshake = (role: 'client' | 'server') => ({ role, run, certificate: null }) as unknown as Handshake;
const programOf = (role: 'client' | 'server') => String(reproduction(handshake(role)).files[0]?.content);

/** What a function of ours runs on the board. */
async function programsOf(run: (board: Board) => Promise<unknown>): Promise<string[]> {
  const programs: string[] = [];
  const exec = async (code: string | { readonly source: string }) => {
    programs.push(typeof code === 'string' ? code : code.source);
    return '(0, 2000)';
  };
  await run({ exec } as unknown as Board);
  return programs;
}

const [connects = ''] = await programsOf((board) => connectFromBoard(board, '10.0.2.2', 443, 4000));
const [setsClock = '', readsClock = ''] = await programsOf((board) => setClock(board, new Date()));

const sources: readonly { name: string; source: string }[] = [
  ...BOARD_PROGRAM.map((source, index) => ({ name: `part ${index + 1} of the board's program`, source })),
  { name: 'the program that joins the network', source: read('../src/network/join-program.py') },
  { name: 'the program that looks for the host', source: connects },
  { name: 'the program that sets the clock', source: setsClock },
  { name: 'the program that reads the clock', source: readsClock },
  { name: 'the call of a case', source: caseSource(1, 'client', '10.0.0.2', 443, run).call.source },
  { name: 'the reproduction of a client', source: programOf('client') },
  { name: 'the reproduction of a server', source: programOf('server') },
];

/** A real MicroPython 1.20 (WebAssembly: no sockets), with the heap of an ESP32 of that age. */
describe('on MicroPython 1.20 with 100 KB of heap', () => {
  let python: OldMicroPython;
  const lines: string[] = [];
  beforeAll(async () => {
    const module = import.meta.resolve('micropython-1.20');
    const { loadMicroPython } = await import(module);
    const url = fileURLToPath(new URL('./micropython.wasm', module));
    python = await loadMicroPython({ url, heapsize: 100 * 1024, stdout: (line: string) => lines.push(line.trim()) });
  });

  test('the engine is the one that we mean', () => {
    python.runPython('import sys\nassert sys.implementation.version[:2] == (1, 20)');
    expect(() => python.runPython('import deflate')).toThrow(/ImportError/);
    expect(() => python.runPython("compile('if', 'x', 'exec')")).toThrow(/SyntaxError/);
  });

  test.for(sources)('$name compiles', ({ source }) => {
    python.runPython(`import gc\ngc.collect()\ncompile(${encodeValue(source)}, 'x', 'exec')`);
  });

  test("the board's program takes less than 10 KB of the heap, and a case leaves nothing behind", () => {
    const free = () => {
      python.runPython('import gc\ngc.collect()\nprint(gc.mem_free())');
      return Number(lines.at(-1));
    };
    python.runPython(standIns);
    for (const part of INSTALL_AGENT) python.runPython(`${part}\nprint()`);
    const before = free();
    for (const part of BOARD_PROGRAM) python.runPython(part);
    const installed = free();
    expect(before - installed).toBeLessThan(10_000);
    const once = (id: number) => python.runPython(caseSource(id, 'client', '10.0.0.2', 443, {}).call.source);
    for (let id = 1; id <= 5; id++) once(id);
    const early = free();
    for (let id = 6; id <= 205; id++) once(id);
    expect(lines.some((line) => line.startsWith('~205 Z'))).toBe(true);
    expect(early - free()).toBeLessThan(200);
  });
});

/** The WebAssembly port has neither sockets nor TLS: these take the calls of a case, to see what it costs. */
const standIns = `
import sys
class Socket:
    def __init__(self, *a): pass
    def __getattr__(self, name): return lambda *a: None
    def readline(self): return b'ping\\n'
class Module: pass
m = Module()
m.socket = Socket
m.getaddrinfo = lambda h, p: [(2, 1, 0, '', (h, p))]
m.wrap_socket = lambda s, **k: Socket()
sys.modules['socket'] = sys.modules['usocket'] = sys.modules['ssl'] = sys.modules['select'] = sys.modules['uselect'] = m
`;

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
