import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { provisionMicroPython, startVirtualBoard } from '../src/index.ts';
import { findCompiler } from '../src/provision/compiler.ts';
import type { FailingAllocations } from '../src/provision/fail-allocation.ts';
import { SerialConsole } from './serial-console.ts';

const hasCompiler = (await findCompiler()) !== undefined;
const WRAP = `
import socket, tls
def wrap():
    try:
        context = tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
        context.wrap_socket(socket.socket(), server_hostname='host', do_handshake_on_connect=False).close()
        return 'wrapped'
    except Exception as error:
        return repr(error)
`;

/** What comes of wrapping a socket where these allocations fail; the second time too. */
async function wrapOn(failingAllocations: FailingAllocations): Promise<readonly string[]> {
  await using board = await startVirtualBoard({ failingAllocations });
  await using port = await SerialConsole.open(board.path);
  await port.enterRaw();
  await port.run(WRAP);
  return [await port.run('print(wrap())'), await port.run('print(wrap())')];
}

test.skipIf(!hasCompiler)(
  'the n-th allocation of the TLS library fails, and no other (skipped without a compiler)',
  async () => {
    const failed = { first: 0, second: 0 };
    const errors = new Set<string>();
    // The first socket takes 13 allocations, the second one 10; the library gets by without some of them.
    for (let number = 1; number <= 24; number++) {
      const [first, second] = await wrapOn({ from: number, to: number });
      const wrong = [first, second].filter((outcome) => outcome !== 'wrapped\n');
      expect(wrong.length, `allocation ${number}: ${wrong}`).toBeLessThanOrEqual(1);
      if (first !== 'wrapped\n') failed.first++;
      if (second !== 'wrapped\n') failed.second++;
      for (const error of wrong) errors.add(error ?? '');
    }
    expect(failed.first).toBeGreaterThan(2);
    expect(failed.second).toBeGreaterThan(2);
    // ENOMEM for the buffers; 52 is MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED, which memory is the reason of too.
    expect(errors).toContain('OSError(12,)\n');
    for (const error of errors)
      expect(error).toMatch(/^OSError\((?:12,|52,|-\d+, '.*memory'|-\d+, '.*ALLOC_FAILED')\)/);
    expect(await wrapOn({ from: 1000 })).toEqual(['wrapped\n', 'wrapped\n']);
  },
);

test.skipIf(!hasCompiler)('from the n-th allocation on all of them fail (skipped without a compiler)', async () => {
  const [first, second] = await wrapOn({ from: 1 });
  expect(first).toMatch(/Error/);
  expect(second).toMatch(/Error/);
});

test.skipIf(!hasCompiler)(
  'what the TLS library holds is counted and limited, also while the board runs (skipped without a compiler)',
  async () => {
    await using board = await startVirtualBoard({ tlsHeapBytes: 0 });
    await using port = await SerialConsole.open(board.path);
    await port.enterRaw();
    await port.run(`${WRAP}import gc, wirewrap_virtual as virtual\n`);
    expect(await port.run('print(virtual.tls_memory(fail=(0, 0)), wrap())')).toBe('(0, 0, 0) wrapped\n');
    await port.run('gc.collect()');
    const counted = await port.run('print(*virtual.tls_memory(fail=(0, 0)))');
    const [allocations = 0, held = 0, most = 0] = counted.split(' ').map(Number);
    // Two buffers of 16 KiB and what stands around them; the random generator stays.
    expect(allocations).toBeGreaterThan(8);
    expect(most).toBeGreaterThan(32_768);
    expect(held).toBeLessThan(4_096);
    await port.run(`virtual.tls_memory(limit=${most - 1024})`);
    expect(await port.run('print(wrap())')).toBe('OSError(12,)\n');
    await port.run(`gc.collect(); virtual.tls_memory(limit=${most + 1024})`);
    expect(await port.run('print(wrap())')).toBe('wrapped\n');
    await port.run('virtual.tls_memory(fail=(1, 1))');
    expect(await port.run('print(wrap())')).not.toBe('wrapped\n');
    expect(await port.run('print(wrap())')).toBe('wrapped\n');
  },
);

test('without a compiler: one sentence that says what to install', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-no-compiler-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  const engine = await provisionMicroPython();
  // The engine has been looked at: only the compiler is missing afterwards.
  await (await startVirtualBoard({ micropython: engine.executable })).close();
  vi.stubEnv('XDG_CACHE_HOME', folder);
  vi.stubEnv('PATH', folder);
  vi.stubEnv('CC', undefined);
  const error = await startVirtualBoard({
    micropython: engine.executable,
    failingAllocations: { from: 1, to: 1 },
  }).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: 'NO_COMPILER', message: expect.stringContaining('apt install gcc') });
  expect(String(error)).not.toContain('\n');
});
