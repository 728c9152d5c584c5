import { acquireBoard, type BoardSettings } from '@wirewrap/boards';
import { describeFirmware } from '../board/describe-identity.ts';
import { CliError } from '../errors.ts';
import type { FirmwareImage } from './firmware-image.ts';
import { type FlashOptions, FlashStartedError, flashWithEsptoolJs } from './flash-with-esptool-js.ts';
import { findPythonEsptool, flashWithPython } from './flash-with-python.ts';

export type FlashTool = 'esptool-js' | 'esptool';

export interface FlashBoardOptions extends FlashOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Forces one tool; default: esptool-js, then Python's esptool when the chip did not answer. */
  readonly tool?: FlashTool;
  readonly onTool: (tool: FlashTool) => void;
}

/** Writes an image to the board at a URL. A port of this machine goes through esptool-js, the network through esptool. */
export async function flashBoard(
  target: BoardSettings,
  image: FirmwareImage,
  options: FlashBoardOptions,
): Promise<FlashTool> {
  const { url } = target;
  const { port, local } = flashPort(target);
  if (local && options.tool !== 'esptool') {
    options.onTool('esptool-js');
    try {
      await flashWithEsptoolJs(port, image, options);
      return 'esptool-js';
    } catch (error) {
      options.signal.throwIfAborted();
      const python = options.tool === undefined && !(error instanceof FlashStartedError);
      if (!python || !(await findPythonEsptool(options.env))) throw explain(port, error);
    }
  }
  if (options.tool === 'esptool-js') {
    throw new CliError('BAD_USAGE', `esptool-js cannot reach ${url}: it needs a serial port of this machine.`);
  }
  const tool = await findPythonEsptool(options.env);
  if (!tool) {
    const remedy = 'install it with `pip install esptool`';
    throw new CliError('MISSING_TOOL', `Flashing ${url} needs Python's esptool, and it is not on PATH; ${remedy}.`);
  }
  options.onTool('esptool');
  await flashWithPython(tool, port, image, options);
  return 'esptool';
}

/** The port as the tools name it. */
function flashPort(target: BoardSettings): { readonly port: string; readonly local: boolean } {
  switch (target.scheme) {
    case 'serial':
      return { port: target.path, local: true };
    case 'tcp':
      return { port: `socket://${target.host}:${target.port}`, local: false };
    case 'rfc2217':
      return { port: `rfc2217://${target.host}:${target.port}`, local: false };
    case 'virtual':
    case 'emu':
      throw new CliError('BAD_USAGE', `${target.url} has no flash to write; give a serial port, tcp:// or rfc2217://.`);
    default:
      throw new CliError('BAD_USAGE', `${target.url} cannot be flashed; give a serial port, tcp:// or rfc2217://.`);
  }
}

function explain(port: string, error: unknown): Error {
  if (error instanceof CliError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const remedy = 'hold BOOT, press and release RESET, release BOOT, and try again';
  return new CliError('HOST', `The chip on ${port} could not be flashed: ${reason.replace(/\.$/, '')}; ${remedy}.`, {
    cause: error,
  });
}

/** Waits for the new firmware and compares what it says of itself with what the image holds. */
export async function checkFlashed(target: BoardSettings, image: FirmwareImage, signal: AbortSignal): Promise<string> {
  // The first start formats the file system, which takes an ESP32 some seconds.
  await using acquired = await acquireBoard(target, { deadlineMs: 30_000, signal });
  const { board } = acquired;
  const identity = await board.identity({ refresh: true });
  const reported = describeFirmware(identity);
  if (image.build && !identity.build.includes(image.build) && !image.build.includes(identity.build)) {
    throw new CliError(
      'HOST',
      `The board reports ${reported}, but ${image.build} was flashed; flash it again with --erase.`,
    );
  }
  return reported;
}
