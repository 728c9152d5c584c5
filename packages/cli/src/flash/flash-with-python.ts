import { execa } from 'execa';
import { CliError } from '../errors.ts';
import type { FirmwareImage } from './firmware-image.ts';
import type { FlashOptions } from './flash-with-esptool-js.ts';

/** Names under which Python's esptool is installed: 5 has `esptool`, older ones and Debian `esptool.py` or `esptool`. */
const COMMANDS = ['esptool', 'esptool.py'] as const;

/** The esptool on PATH with its major version; null without one. */
export async function findPythonEsptool(
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly command: string; readonly major: number } | null> {
  for (const command of COMMANDS) {
    const result = await execa(command, ['version'], {
      reject: false,
      env,
      timeout: 20_000,
      all: true,
      stdin: 'ignore',
    });
    const version = /v?(\d+)\.\d+/.exec(result.all ?? '');
    if (!result.failed && version) return { command, major: Number(version[1]) };
  }
  return null;
}

/** Writes an image with Python's esptool: also over `socket://` and `rfc2217://`. It checks chip and MD5 itself. */
export async function flashWithPython(
  tool: { readonly command: string; readonly major: number },
  port: string,
  image: FirmwareImage,
  options: FlashOptions & { readonly env: Readonly<Record<string, string | undefined>> },
): Promise<void> {
  const chip = image.chip.toLowerCase().replace('-', '');
  // esptool 5 renamed its options and commands; the old names of a socket that cannot reset are these.
  const [before, write] = tool.major >= 5 ? ['no-reset', 'write-flash'] : ['no_reset', 'write_flash'];
  const reset = port.startsWith('socket://') ? ['--before', before, '--after', before] : [];
  const erase = options.erase ? [tool.major >= 5 ? '--erase-all' : '-e'] : [];
  const address = `0x${image.address.toString(16)}`;
  const args = ['--chip', chip, '--port', port, ...reset, write, ...erase, address, image.path];
  const running = execa(tool.command, args, {
    reject: false,
    env: options.env,
    cancelSignal: options.signal,
    all: true,
    stdin: 'ignore',
  });
  running.all?.on('data', (chunk: Buffer) => {
    const percent = /\((\d+) ?%\)|(\d+(?:\.\d+)?)%/.exec(chunk.toString());
    if (percent) options.onProgress(Number(percent[1] ?? percent[2]) / 100);
  });
  const result = await running;
  if (!result.failed) return;
  options.signal.throwIfAborted();
  const said = (result.all ?? '')
    .trim()
    .split('\n')
    .filter((line) => /error|fail|wrong/i.test(line))
    .at(-1);
  throw new CliError(
    'HOST',
    `${tool.command} could not flash ${port}: ${(said ?? result.shortMessage ?? '').trim().replace(/\.$/, '')}.`,
  );
}
