import type { Command } from '../command.ts';
import { WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';

export const flashCommand: Command = {
  name: 'flash',
  summary: "Write a firmware to a board and check that the board reports the firmware's version.",
  positionals: '[VERSION]',
  options: {
    board: { type: 'string', placeholder: 'BOARD', description: 'URL or name of the board.' },
    firmware: { type: 'string', placeholder: 'FILE', description: 'A .bin with bootloader and partition table.' },
    from: {
      type: 'string',
      placeholder: 'FOLDER',
      description: 'Where the firmware of VERSION is looked for. Default: WIREWRAP_FIRMWARES, else ./firmwares.',
    },
    erase: { type: 'boolean', description: 'Erase the whole flash first, files included.' },
    tool: {
      type: 'string',
      placeholder: 'NAME',
      description: "esptool-js, or Python's esptool. Default: whichever works.",
    },
    baud: { type: 'string', placeholder: 'BIT/S', description: 'Speed while writing. Default 460800.' },
    wait: WAIT_OPTION,
  },
  notes: [
    'A firmware that is cut short, damaged or for another chip is refused before anything is written.',
    'VERSION finds the firmware in a folder of yours by what the files hold. Nothing is downloaded.',
    'Examples: wirewrap flash --board=/dev/ttyUSB0 --firmware=ESP32_GENERIC-20250911-v1.26.1.bin',
    '          wirewrap flash --board=/dev/ttyUSB0 1.26.1 --from=firmwares',
    'Exit code: 0 written and the board reports the version, 2 bad input or the board could not be flashed.',
  ],
  async run({ values, positionals, env, stdout, signal }) {
    const firmware = values.firmware as string | undefined;
    const [version, ...more] = positionals;
    if (!values.board || (firmware === undefined) === (version === undefined) || more.length > 0) {
      throw new CliError(
        'BAD_USAGE',
        'Name the board and one firmware: wirewrap flash --board=/dev/ttyUSB0 --firmware=FILE, or a version in place of the file.',
      );
    }
    const tool = values.tool as string | undefined;
    if (tool !== undefined && tool !== 'esptool-js' && tool !== 'esptool') {
      throw new CliError('BAD_USAGE', `--tool=${tool} is neither esptool-js nor esptool.`);
    }
    const baudRate = values.baud === undefined ? undefined : Number(values.baud);
    if (baudRate !== undefined && !(baudRate >= 9600))
      throw new CliError('BAD_USAGE', `--baud=${values.baud} is no speed.`);
    const { resolveBoard } = await import('../config/board-target.ts');
    const { readFirmwareImage } = await import('../flash/firmware-image.ts');
    const { checkFlashed, flashBoard } = await import('../flash/flash-board.ts');
    const { findFirmware } = await import('../flash/find-firmware.ts');
    const { askChip } = await import('../flash/ask-chip.ts');
    const { Lease } = await import('@wirewrap/boards');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const named = firmware === undefined ? null : await readFirmwareImage(firmware);
    const target = await resolveBoard(values, env);
    await using _lease = await Lease.acquire(target, {
      purpose: 'wirewrap flash',
      wait: values.wait === true,
      signal,
    });
    const folder = (values.from as string | undefined) ?? env.WIREWRAP_FIRMWARES ?? 'firmwares';
    const image = named ?? (await findFirmware(folder, version ?? '', { chip: () => askChip(target, signal) }));
    const line = new StatusLine(stdout);
    line.write(
      `${image.path}: ${image.build ?? 'unknown version'} for ${image.chip}, at 0x${image.address.toString(16)}\n`,
    );
    await flashBoard(target, image, {
      erase: values.erase === true,
      signal,
      env,
      ...(tool ? { tool } : {}),
      ...(baudRate ? { baudRate } : {}),
      onTool: (name) => line.write(`writing with ${name}\n`),
      onProgress: (done) => line.show(`${target.label}: ${Math.round(done * 100)} %`),
    });
    line.show('');
    line.write(`${target.label} runs ${await checkFlashed(target, image, signal)}\n`);
    return 0;
  },
};
