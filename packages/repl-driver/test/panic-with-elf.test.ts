import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BoardResetError, openBoard, py } from '../src/index.ts';
import { decodeAddresses, explainPanic, readElf } from '../src/panics.ts';

const missing = ['gcc', 'nm', 'addr2line'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
const SOURCE = [
  'int wrong(int *place) {',
  '  return *place;',
  '}',
  '',
  'int main(void) {',
  '  return wrong(0);',
  '}',
  '',
];
const needs = missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} not installed)`;

describe.skipIf(missing.length > 0)(`a panic with an ELF of this machine's compiler${needs}`, () => {
  let folder: string;
  let elf: string;
  /** `0x00401136`, as a dump writes it. */
  let addressOf: Record<string, string>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirewrap-elf-'));
    writeFileSync(join(folder, 'firmware.c'), SOURCE.join('\n'));
    elf = join(folder, 'firmware.elf');
    execFileSync('gcc', ['-g', '-O0', '-no-pie', '-o', elf, 'firmware.c'], { cwd: folder });
    const symbols = execFileSync('nm', [elf], { encoding: 'utf8' }).matchAll(/^([\da-f]+) T (\w+)$/gm);
    addressOf = Object.fromEntries(
      [...symbols].map(([, address = '', name]) => [name, `0x${address.replace(/^0+/, '').padStart(8, '0')}`]),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const placeOf = (...names: string[]) => ({ addresses: names.map((name) => addressOf[name] ?? ''), elfSha256: null });
  const line = (number: number) => `${join(folder, 'firmware.c')}:${number}`;

  test('addresses become function, file and line; one that is none stays a number', async () => {
    const frames = await decodeAddresses(await readElf(elf), [...placeOf('wrong', 'main').addresses, '0x00000007']);
    expect(frames).toEqual([
      { address: addressOf.wrong, function: 'wrong', file: join(folder, 'firmware.c'), line: 1 },
      { address: addressOf.main, function: 'main', file: join(folder, 'firmware.c'), line: 5 },
      { address: '0x00000007', function: null, file: null, line: null },
    ]);
  });

  test('the innermost comes first, and a long list is cut with its number', async () => {
    expect(await explainPanic(await readElf(elf), placeOf('wrong', 'main'))).toBe(
      `in wrong (${line(1)}), called from main (${line(5)})`,
    );
    const deep = placeOf(...Array.from({ length: 11 }, () => 'main'));
    expect(await explainPanic(await readElf(elf), deep)).toMatch(/, and 3 more$/);
  });

  test('an ELF of another build is not used: its lines would be wrong', async () => {
    const sha = createHash('sha256').update(readFileSync(elf)).digest('hex').slice(0, 9);
    const place = placeOf('wrong');
    expect(await explainPanic(await readElf(elf), { ...place, elfSha256: sha })).toMatch(/^in wrong/);
    expect(await explainPanic(await readElf(elf), { ...place, elfSha256: 'abcdef012' })).toBe(
      `not decoded: ${elf} is of another build than the board's, whose ELF has the SHA-256 abcdef012…`,
    );
  });

  test('an ELF that a new build took away does not take the place of the panic', async () => {
    const gone = join(folder, 'gone.elf');
    copyFileSync(elf, gone);
    const read = await readElf(gone);
    rmSync(gone);
    expect(await explainPanic(read, { ...placeOf('wrong'), elfSha256: 'abcdef012' })).toBe(
      `not decoded: ${gone} cannot be read any more (ENOENT)`,
    );
  });

  test('without a toolchain one sentence says so, with the addresses', async () => {
    const env = { PATH: folder, IDF_TOOLS_PATH: folder };
    expect(await explainPanic(await readElf(elf), placeOf('wrong'), env)).toBe(
      `not decoded (${addressOf.wrong}): no addr2line on this machine reads ${elf}: install one for its chip`,
    );
  });

  test("Espressif's toolchain is found where ESP-IDF installs it, and asked first for its chips", async () => {
    // An Xtensa file by its header, and the machine's own addr2line under Espressif's name, which says that it was asked.
    const xtensa = join(folder, 'xtensa.elf');
    const bytes = readFileSync(elf);
    bytes.writeUInt16LE(94, 18);
    writeFileSync(xtensa, bytes);
    const tools = join(folder, 'espressif');
    const bin = join(tools, 'tools', 'xtensa-esp-elf', 'esp-14.2.0', 'xtensa-esp-elf', 'bin');
    mkdirSync(bin, { recursive: true });
    const asked = `#!/bin/sh\nshift 2\nexec ${execFileSync('which', ['addr2line'], { encoding: 'utf8' }).trim()} -e ${elf} "$@"\n`;
    writeFileSync(join(bin, 'xtensa-esp-elf-addr2line'), asked, { mode: 0o755 });
    const env = { PATH: '/usr/bin:/bin', IDF_TOOLS_PATH: tools };
    expect(await explainPanic(await readElf(xtensa), placeOf('wrong'), env)).toBe(`in wrong (${line(1)})`);
    const none = { PATH: join(folder, 'nothing'), IDF_TOOLS_PATH: join(folder, 'nothing') };
    expect(await explainPanic(await readElf(xtensa), placeOf('wrong'), none)).toMatch(
      /: install one for its chip, such as xtensa-esp-elf-addr2line of ESP-IDF's tools$/,
    );
  });

  test('a board that panics under a call is told with file and line, with its addresses as data', async () => {
    await using device = await startVirtualBoard();
    await using board = await openBoard(device.path, { elf });
    const backtrace = `Backtrace: ${addressOf.wrong}:0x3ffb0010 ${addressOf.main}:0x3ffb0030`;
    const dump = `Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.\n\n${backtrace}\n\n`;
    const failing = board.exec(py`
import machine
print(${dump})
machine.reset()
`);
    const error = await failing.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof BoardResetError)) throw new Error('the board did not reset', { cause: error });
    expect(error.code).toBe('BOARD_PANIC');
    expect(error.place?.addresses).toEqual(placeOf('wrong', 'main').addresses);
    expect(error.message).toBe(
      `The board panicked while a program ran on it: Guru Meditation Error: Core  0 panic'ed (LoadProhibited), in wrong (${line(1)}), called from main (${line(5)}).`,
    );
    expect(await board.evaluate('6 * 7')).toBe(42);
  });
});

test.for([
  ['a file that is not there', '/nowhere/x.elf', /^Cannot read the ELF \/nowhere\/x\.elf \(ENOENT\); name the \.elf/],
  ['an image', import.meta.filename, /is no ELF; name the \.elf that the build left beside the image/],
] as const)('%s is refused in one sentence before the board is opened', async ([, path, message]) => {
  await expect(openBoard('/dev/never', { elf: path })).rejects.toMatchObject({
    code: 'BAD_VALUE',
    message: expect.stringMatching(message),
  });
});
