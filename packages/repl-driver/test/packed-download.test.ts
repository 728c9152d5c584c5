import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { statementFor } from '../src/agent/agent.ts';
import { INSTALL_AGENT, RECEIVER_PARTS, receiverCall } from '../src/agent/programs.ts';

interface Python {
  runPython(source: string): unknown;
}

/** The virtual board's engine cannot compress; this one, a real MicroPython too, can. */
test('a download is one deflate stream where the firmware can compress', async () => {
  const { loadMicroPython } = await import('@micropython/micropython-webassembly-pyscript');
  let printed: number[] = [];
  const stdout = (bytes: Uint8Array) => void printed.push(...bytes);
  const python = (await loadMicroPython({ linebuffer: false, stdout, stdin: () => null })) as unknown as Python;
  const run = (source: string): Buffer => {
    printed = [];
    python.runPython(source);
    return Buffer.from(printed);
  };
  INSTALL_AGENT.map(run);
  /** What one call in the agent's namespace printed, and its value. */
  const call = (kind: 'execute' | 'evaluate', source: string) => {
    const request = { kind, names: 'agent', source, file: '<stdin>', checked: true } as const;
    const { text, begin } = statementFor(request, 'aB1', { mayStay: false });
    const said = run(text);
    const end = said.lastIndexOf('\x1daB1V');
    return {
      output: said.subarray(begin.length, end),
      value: said
        .subarray(end)
        .toString()
        .replace(/^[^:]*:[^:]*:/, ''),
    };
  };
  for (const part of RECEIVER_PARTS) call('execute', part);
  expect(call('evaluate', receiverCall('abilities')).value).toMatch(/^\('deflate', 1, \d+\)/);
  const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, index) => `line ${index * index}\n`).join(''));
  run("with open('/x', 'wb') as f:\n for i in range(3000): f.write(b'line %d\\n' % (i * i))");
  for (const bits of [0, 10]) {
    const { output: wire, value } = call('evaluate', receiverCall('send_file', { path: "'/x'", bits }));
    expect(wire.length).toBeLessThanOrEqual(bits ? bytes.length / 2 : bytes.length);
    expect((bits ? inflateRawSync(wire) : wire).equals(bytes)).toBe(true);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(value).toBe(`(${bytes.length}, '${hash}')`);
  }
});
