import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { INSTALL } from '../src/agent/receiver.ts';

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
  run('import builtins\nclass Agent: pass\nbuiltins._ww = Agent()');
  const said = INSTALL.map((part) => run(`print(${part})`).toString());
  expect(said.at(-1)).toMatch(/^\('deflate', 1, \d+\)/);
  const bytes = Buffer.from(Array.from({ length: 3_000 }, (_, index) => `line ${index * index}\n`).join(''));
  run("with open('/x', 'wb') as f:\n for i in range(3000): f.write(b'line %d\\n' % (i * i))");
  for (const bits of [0, 10]) {
    const wire = run(`answer = _ww.g('/x', ${bits})`);
    expect(wire.length).toBeLessThanOrEqual(bits ? bytes.length / 2 : bytes.length);
    expect((bits ? inflateRawSync(wire) : wire).equals(bytes)).toBe(true);
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(run('print(answer)').toString().trim()).toBe(`(${bytes.length}, '${hash}')`);
  }
});
