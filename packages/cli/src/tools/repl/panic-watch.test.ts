import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PanicWatch } from './panic-watch.ts';

const hasTools = ['gcc', 'addr2line'].every((tool) => spawnSync(tool, ['--version']).status === 0);

describe.skipIf(!hasTools)(`panics at the prompt${hasTools ? '' : ' (skipped: no gcc or addr2line)'}`, () => {
  let folder: string;
  let elf: string;
  let address: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirewrap-panic-watch-'));
    elf = join(folder, 'firmware.elf');
    writeFileSync(join(folder, 'firmware.c'), 'int main(void) {\n  return 0;\n}\n');
    execFileSync('gcc', ['-g', '-O0', '-no-pie', '-o', elf, 'firmware.c'], { cwd: folder });
    const symbols = execFileSync('nm', [elf], { encoding: 'utf8' });
    address = `0x${/^(?:0{8})?([\da-f]+) T main$/m.exec(symbols)?.[1]}`;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const feed = (watch: PanicWatch, text: string) => {
    for (let at = 0; at < text.length; at += 5) watch.add(Buffer.from(text.slice(at, at + 5)));
  };
  const dump = () =>
    `Guru Meditation Error: Core  1 panic'ed\r\n\r\nBacktrace: ${address}:0x3ffb0000\r\n\r\nRebooting...\r\n`;

  test('each is told once, when its dump has come whole', async () => {
    const tell = vi.fn();
    const watch = await PanicWatch.of(elf, tell);
    feed(watch, dump());
    await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(1), { timeout: 20_000 });
    expect(tell).toHaveBeenCalledWith(`the panic was in main (${join(folder, 'firmware.c')}:1)`);
    feed(watch, `rst:0xc (SW_CPU_RESET)\r\n>>> ${dump()}`);
    await vi.waitFor(() => expect(tell).toHaveBeenCalledTimes(2), { timeout: 20_000 });
  });

  test('the dump of a real ESP32 by an ELF that knows none of its addresses says the addresses', async () => {
    const panics = JSON.parse(
      readFileSync(new URL('../../../../../fixtures/sessions/panics.json', import.meta.url), 'utf8'),
    );
    const [{ hex }] = Object.values(panics['esp32-1.23']) as [{ hex: string }];
    const tell = vi.fn();
    const watch = await PanicWatch.of(elf, tell);
    feed(watch, Buffer.from(hex, 'hex').toString('latin1'));
    await vi.waitFor(() => expect(tell).toHaveBeenCalled(), { timeout: 20_000 });
    expect(tell.mock.calls[0]?.[0]).toMatch(/^the panic was (in 0x40084056, called from 0x400e658e|not decoded: )/);
  });

  test('what a program prints of addresses is none', async () => {
    const tell = vi.fn();
    feed(await PanicWatch.of(elf, tell), `Backtrace: ${address}:0x3ffb0000\r\nrst:0x1\r\n>>> `);
    await new Promise((resolve) => setImmediate(resolve));
    expect(tell).not.toHaveBeenCalled();
  });
});
