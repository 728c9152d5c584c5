import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AgentCall, DEFAULT_FILE, firmwareModule, statementFor } from '../src/agent/agent.ts';
import { ASK_IDENTITY, INSTALL_AGENT, PROGRAM_STREAM, RECEIVER_PARTS } from '../src/agent/programs.ts';
import { RunScanner } from '../src/agent/run-scanner.ts';
import { encodeValue } from '../src/python/encode.ts';

interface OldMicroPython {
  runPython(source: string): unknown;
}

/** A real MicroPython 1.20 (WebAssembly) with an ESP32's heap: what the driver runs on a board runs on old firmware. */
describe('on MicroPython 1.20 with 100 KB of heap', () => {
  let python: OldMicroPython;
  let printed = '';
  beforeAll(async () => {
    const module = import.meta.resolve('micropython-1.20');
    const { loadMicroPython } = await import(module);
    const url = fileURLToPath(new URL('./micropython.wasm', module));
    const stdout = (bytes: Uint8Array) => {
      printed += Buffer.from(bytes).toString('latin1');
    };
    python = await loadMicroPython({ url, heapsize: 100 * 1024, stdout, linebuffer: false });
  });

  function run(source: string): string {
    printed = '';
    // This engine hands output on at the end of a line.
    python.runPython(`${source}\nprint()`);
    return printed.replace(/\r?\n$/, '');
  }

  function answer(
    kind: AgentCall['kind'],
    source: string,
    { file = DEFAULT_FILE, names = 'program' }: Partial<AgentCall> = {},
  ): string[] {
    const { text, begin } = statementFor({ kind, names, source, file, checked }, 'aB1', { mayStay: false });
    const printedBytes = Buffer.from(run(text), 'latin1');
    const bytes = Buffer.concat([printedBytes, Buffer.from('\x04\x04>')]);
    const scanner = new RunScanner('aB1', { begin, checked: printed.includes(':') && checked });
    const events: string[] = [];
    for (let at = 0; ; ) {
      const event = scanner.next(bytes.subarray(at));
      if (!event || event.kind === 'ended') return events;
      events.push(
        event.kind === 'frame'
          ? `${event.letter} ${event.payload}`
          : `${event.kind} ${bytes.subarray(at, at + event.bytes)}`,
      );
      at += event.bytes;
      if (event.kind === 'frame') return events;
    }
  }

  let checked = false;

  test('the engine is the one that we mean', () => {
    expect(run('import sys\nprint(sys.implementation.version)')).toMatch(/1, 20/);
  });

  test('the agent installs and answers', () => {
    const installed = INSTALL_AGENT.map(run).join('|');
    expect(installed).toMatch(/^ww2\|ww2\|ww2:[c-][l-]ww2$/);
    checked = installed.includes(':c');
    expect(answer('evaluate', '[1, "a"]')).toEqual([expect.stringContaining('begin'), "V [1, 'a']"]);
    expect(answer('execute', 'print(1)').at(-1)).toBe('D ');
    expect(answer('execute', `y = 1\n${'y += 1\n'.repeat(100)}`).at(-1)).toBe('D ');
    expect(answer('evaluate', 'y').at(-1)).toBe('V 101');
    expect(answer('execute', 'def f():\n raise OSError(5, "x")\nf()', { file: '@1' }).at(-1)).toMatch(
      /^E \('OSError', .*@1.*line 2.*True, "\(5, 'x'\)"\)$/,
    );
    expect(answer('execute', 'a = = 1').at(-1)).toMatch(/^E \('SyntaxError'/);
  });

  test("a module of the firmware is found past the board's files, and None where there is none", () => {
    run('import uos\nwith open("time.py", "w") as f: f.write("found_in = __file__")');
    expect(answer('evaluate', '__import__("time").found_in').at(-1)).toBe("V 'time.py'");
    expect(answer('evaluate', `hasattr(${firmwareModule('time').source}, "ticks_ms")`).at(-1)).toBe('V True');
    run('import uos, sys\nuos.remove("time.py")\nsys.modules.pop("time")');
    expect(answer('evaluate', firmwareModule('no_such_module').source).at(-1)).toBe('V None');
  });

  test('source that arrived damaged is refused before it runs', (context) => {
    if (!checked) context.skip('this engine has no binascii.crc32');
    const damaged = statementFor(
      { kind: 'execute', names: 'program', source: 'print("no")', file: DEFAULT_FILE, checked },
      'aB1',
      {
        mayStay: false,
      },
    ).text.replace('no', 'NO');
    expect(run(damaged).slice(1)).toMatch(/^aB1C0:/);
  });

  test.for([
    ['streamed programs', PROGRAM_STREAM],
    ...ASK_IDENTITY.map((part, index) => [`part ${index + 1} of asking for the identity`, part] as const),
    ...RECEIVER_PARTS.map((part, index) => [`part ${index + 1} of the receiver`, part] as const),
    ...INSTALL_AGENT.map((part, index) => [`part ${index + 1} of the agent`, part] as const),
  ])('%s compiles', ([, source]) => {
    run(`import gc\ngc.collect()\ncompile(${encodeValue(source)}, 'x', 'exec')`);
  });

  test('the identity is told without the agent, with a checksum', () => {
    const [answer = ''] = ASK_IDENTITY.map(run);
    expect(answer).toMatch(/^ww2id:(?:[0-9a-f]{8}|-):\{.*'platform'.*\}ww2$/);
    expect(run('print("_wi" in globals(), "tell" in globals())')).toBe('False False');
  });
});
