import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

test('wirewrap test --board=emu:… starts the emulator, runs the cases on it, and leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-emulator-'));
  try {
    const firmware = join(folder, 'merged.bin');
    await writeFile(firmware, 'x');
    const args = ['test', `--board=emu:esp32c3?firmware=${firmware}`, 'module.test.ts', '-t', 'signature/keyword'];
    const env = { PATH: `${join(import.meta.dirname, 'stand-ins')}:${process.env.PATH}` };
    const { exitCode, stdout, stderr } = await wirewrap(args, env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^esp32c3: .*MicroPython 1\./m);
    expect(stdout).toMatch(/^\d+ passed, 0 failed, \d+ skipped$/m);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a board of wirewrap.config.ts is started by its command, used by its name, and stopped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-start-'));
  const port = await freePort();
  try {
    const emulator = join(import.meta.dirname, 'stand-ins', 'esp-emu');
    const start = `${emulator} --chip esp32 --firmware none --net user --uart-tcp 127.0.0.1:${port}`;
    const board = { url: `tcp://127.0.0.1:${port}`, start, startDeadlineMs: 20_000, tags: ['soft'] };
    const path = join(folder, 'wirewrap.config.ts');
    await writeFile(path, `export default { boards: { desk: ${JSON.stringify(board)} } };\n`);
    const args = ['test', '--board=tag:soft', 'module.test.ts', '-t', 'signature/keyword'];
    const { exitCode, stdout, stderr } = await wirewrap(args, { WIREWRAP_CONFIG: path });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^desk: .*MicroPython 1\./m);
    // The port is free again: nothing listens there.
    expect(await freePort(port)).toBe(port);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** A port that nothing listens on; rejects when the given one is taken. */
function freePort(port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}
