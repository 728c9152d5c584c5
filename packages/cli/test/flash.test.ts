import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseBoard } from '@wirewrap/boards';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseFirmwareImage } from '../src/flash/firmware-image.ts';
import { checkFlashed, flashBoard } from '../src/flash/flash-board.ts';
import { findPythonEsptool } from '../src/flash/flash-with-python.ts';
import { makeFirmware } from './firmware.ts';
import { RomLoader } from './rom-loader.ts';
import { wirewrap } from './wirewrap.ts';

const { signal } = new AbortController();
let folder: string;
const firmware = makeFirmware(5);
const image = () => parseFirmwareImage(join(folder, 'c3.bin'), firmware);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-flash-'));
  await writeFile(join(folder, 'c3.bin'), firmware);
  await writeFile(join(folder, 's3.bin'), makeFirmware(9));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = (extra = {}) => ({
  erase: false,
  signal,
  env: { PATH: folder },
  onProgress: () => {},
  onTool: () => {},
  ...extra,
});

describe('flash with esptool-js', () => {
  test('writes the image to its address and checks it', async () => {
    await using chip = await RomLoader.start(5);
    const progress: number[] = [];
    const tool = await flashBoard(
      parseBoard(chip.path),
      image(),
      options({ onProgress: (done: number) => progress.push(done) }),
    );
    expect(tool).toBe('esptool-js');
    expect(chip.flash.get(0)?.equals(firmware)).toBe(true);
    expect(chip.erased).toBe(false);
    expect(progress.at(-1)).toBe(1);
  });

  test('--erase erases first', async () => {
    await using chip = await RomLoader.start(5);
    await flashBoard(parseBoard(chip.path), image(), options({ erase: true }));
    expect(chip.erased).toBe(true);
    expect(chip.flash.get(0)?.equals(firmware)).toBe(true);
  });

  test('refuses a firmware for another chip before anything is written', async () => {
    await using chip = await RomLoader.start(9);
    const failure = {
      code: 'BAD_FILE',
      message: expect.stringMatching(/for ESP32-C3.*has an ESP32-S3; nothing was written/),
    };
    await expect(flashBoard(parseBoard(chip.path), image(), options())).rejects.toMatchObject(failure);
    expect(chip.flash.size).toBe(0);
  });

  test('a chip that does not answer is told with the remedy', async () => {
    await using board = await startVirtualBoard();
    const failure = { code: 'HOST', message: expect.stringContaining('hold BOOT') };
    await expect(flashBoard(parseBoard(board.path), image(), options())).rejects.toMatchObject(failure);
  });
});

describe("flash with Python's esptool", () => {
  test.for(['tcp://127.0.0.1:5555', 'rfc2217://lab:2217'])('%s needs it', async (url) => {
    const failure = { code: 'MISSING_TOOL', message: expect.stringContaining('pip install esptool') };
    await expect(flashBoard(parseBoard(url), image(), options())).rejects.toMatchObject(failure);
  });

  test.for([
    ['esptool v5.1.0', 5, 'write-flash', 'no-reset'],
    ['esptool.py v4.7.0', 4, 'write_flash', 'no_reset'],
  ] as const)('%s gets the words of its version', async ([banner, major, write, before]) => {
    const bin = await mkdtemp(join(folder, 'bin-'));
    const log = join(bin, 'log');
    const script = `#!/bin/sh\n[ "$1" = version ] && { echo '${banner}'; exit 0; }\necho "$@" > ${log}\n`;
    await writeFile(join(bin, 'esptool'), script, { mode: 0o755 });
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    expect(await findPythonEsptool(env)).toEqual({ command: 'esptool', major });
    await flashBoard(parseBoard('tcp://127.0.0.1:5555'), image(), options({ env }));
    const called = await readFile(log, 'utf8');
    expect(called.trim()).toBe(
      `--chip esp32c3 --port socket://127.0.0.1:5555 --before ${before} --after ${before} ${write} 0x0 ${join(folder, 'c3.bin')}`,
    );
  });

  test('is the fallback when the chip does not answer esptool-js', async () => {
    const bin = await mkdtemp(join(folder, 'bin-'));
    const script =
      "#!/bin/sh\n[ \"$1\" = version ] && { echo 'esptool v5.1.0'; exit 0; }\necho 'A fatal error occurred: no chip' ; exit 2\n";
    await writeFile(join(bin, 'esptool'), script, { mode: 0o755 });
    await using board = await startVirtualBoard();
    const tools: string[] = [];
    const flashing = flashBoard(
      parseBoard(board.path),
      image(),
      options({ env: { PATH: `${bin}:/usr/bin:/bin` }, onTool: (tool: string) => tools.push(tool) }),
    );
    await expect(flashing).rejects.toThrow(/esptool could not flash .*A fatal error occurred: no chip/);
    expect(tools).toEqual(['esptool-js', 'esptool']);
  });
});

describe('afterwards', () => {
  test('the board must report what was flashed', async () => {
    await using board = await startVirtualBoard();
    await expect(checkFlashed(parseBoard(board.path), image(), signal)).rejects.toThrow(
      /reports MicroPython .* but v1\.26\.1 on 2025-09-11 was flashed/,
    );
    const same = { ...image(), build: null };
    expect(await checkFlashed(parseBoard(board.path), same, signal)).toMatch(/^MicroPython 1\./);
  });
});

test.for([
  ['nothing named', [], /wirewrap flash --board=.* --firmware=FILE/],
  ['an unknown tool', ['--board=/dev/ttyUSB0', '--firmware=x', '--tool=dfu'], /neither esptool-js nor esptool/],
  ['no firmware', ['--board=/dev/ttyUSB0', '--firmware=/nowhere.bin'], /nowhere\.bin cannot be read/],
  ['a virtual board', ['--board=virtual', '--firmware=c3.bin'], /virtual has no flash/],
  ['a file and a version', ['--board=/dev/ttyUSB0', '--firmware=c3.bin', '1.26.1'], /Name the board and one firmware/],
  [
    'a version that is not there',
    ['--board=virtual', '1.20.0', '--from=FOLDER'],
    /no firmware of MicroPython 1\.20\.0/,
  ],
  [
    'a version for several chips',
    ['--board=virtual', '1.26.1', '--from=FOLDER'],
    /for ESP32-C3, ESP32-S3, and the board/,
  ],
] as const)('flash with %s is one sentence, exit code 2', async ([, args, message]) => {
  const named = args.map((arg) =>
    arg.replace('=c3.bin', `=${join(folder, 'c3.bin')}`).replace('=FOLDER', `=${folder}`),
  );
  const { exitCode, stderr } = await wirewrap(['flash', ...named]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
});
