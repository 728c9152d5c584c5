import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoardsError } from '../errors.ts';
import { startProgram } from '../process/started-program.ts';
import type { BoardKind, StartedBoard } from './board-kind.ts';

/** Chips that `esp-emu --chip` takes (its README, version 0.45). Others are handed on: it says itself what it cannot do. */
const knownChip = /^esp32[a-z0-9]*$/;

/** Espressif's emulator; every use starts one. */
export interface EmulatorPlace {
  readonly scheme: 'emu';
  readonly chip: string;
  /** Absolute path of a merged image. */
  readonly firmware: string;
}

export interface EmulatorOptions {
  /** Milliseconds until the emulator's serial port must accept a connection. Default 20,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Default `esp-emu`, from PATH. */
  readonly command?: string;
  /** Port that the board listens on. Default 8443. */
  readonly boardPort?: number;
}

/** `emu:CHIP?firmware=FILE` taken apart. */
function parseEmulatorUrl(url: string): EmulatorPlace {
  const [, chip = '', query = ''] = /^emu:([^?]*)\??(.*)$/s.exec(url) ?? [];
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => name !== 'firmware');
  const firmware = parameters.get('firmware');
  if (!knownChip.test(chip) || !firmware || unknown !== undefined) {
    const what = unknown === undefined ? 'needs a chip and a firmware' : `has the unknown parameter '${unknown}'`;
    throw new BoardsError('BAD_URL', `The board URL '${url}' ${what}: emu:esp32c3?firmware=FILE.`);
  }
  return { scheme: 'emu', chip, firmware: resolve(firmware) };
}

/**
 * Starts Espressif's emulator with its UART on a TCP port and a forwarded port to the board. Its network is QEMU's: the
 * board reaches this host's loopback at 192.168.4.1, Wi-Fi `myssid` with `mypassword`.
 */
export async function startEmulator(
  { chip, firmware }: Omit<EmulatorPlace, 'scheme'>,
  options: EmulatorOptions = {},
): Promise<StartedBoard> {
  if (!existsSync(firmware)) {
    throw new BoardsError(
      'NO_SUCH_PORT',
      `The firmware ${firmware} of the emulated ${chip} does not exist; give a merged .bin.`,
    );
  }
  const command = options.command ?? 'esp-emu';
  const boardPort = options.boardPort ?? 8443;
  const [uart, forwarded] = await freePorts(2);
  const emulator = startProgram(command, [
    '--chip',
    chip,
    '--firmware',
    firmware,
    '--uart-tcp',
    `127.0.0.1:${uart}`,
    '--net',
    `user,hostfwd=tcp:127.0.0.1:${forwarded}-:${boardPort}`,
  ]);
  try {
    await waitForPort(uart ?? 0, emulator, { command, ...options });
  } catch (error) {
    await emulator.stop();
    throw error;
  }
  return {
    line: { scheme: 'tcp', host: '127.0.0.1', port: uart ?? 0 },
    network: {
      host: '192.168.4.1',
      listen: '127.0.0.1',
      boardAddress: { host: '127.0.0.1', port: forwarded ?? null },
      boardPort,
      wifi: { ssid: 'myssid', password: 'mypassword' },
    },
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

export const emulatorKind: BoardKind<EmulatorPlace> = {
  parse: parseEmulatorUrl,
  label: ({ chip }) => chip,
  leaseKey: () => null,
  start: (place, { signal }) => startEmulator(place, { signal }),
};

type Started = ReturnType<typeof startProgram>;

async function waitForPort(port: number, emulator: Started, options: EmulatorOptions): Promise<void> {
  const { command, deadlineMs = 20_000, signal } = options;
  const startedAt = performance.now();
  let ended: string | undefined;
  void emulator.ended.then((how) => {
    ended = how;
  });
  while (!(await accepts(port))) {
    signal?.throwIfAborted();
    if (ended === 'ENOENT') {
      const remedy = 'install it from https://github.com/espressif/esp-emulator and put it on PATH';
      throw new BoardsError('MISSING_TOOL', `There is no ${command} on PATH; ${remedy}.`);
    }
    const said = emulator.lastOutput() ? `; it said: ${emulator.lastOutput()}` : '';
    if (ended !== undefined) {
      throw new BoardsError('NO_SUCH_PORT', `${command} ended with ${ended} before its serial port opened${said}.`);
    }
    if (performance.now() - startedAt > deadlineMs) {
      const message = `${command} did not open its serial port on 127.0.0.1:${port} within ${deadlineMs} ms${said}.`;
      throw new BoardsError('DEADLINE', message);
    }
    await sleep(100);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      // A connection to a port of the ephemeral range on which nobody listens can be given that port, and meet itself.
      const itself = socket.localPort === port;
      socket.destroy();
      settle(!itself);
    });
    socket.once('error', () => settle(false));
  });
}

/** Ports that the operating system chose; they are free when this resolves. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
