import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { retry } from '@wirewrap/repl-driver/basics';
import { BoardsError } from '../errors.ts';
import { startProgram } from '../process/started-program.ts';
import type { StartedBoard } from './board-kind.ts';

export interface EmulatorOptions {
  /** Milliseconds until the emulator's serial port must accept a connection. Default 20,000. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Default `esp-emu`, from PATH. */
  readonly command?: string;
  /** Port that the board listens on. Default 8443. */
  readonly boardPort?: number;
}

/**
 * Starts Espressif's emulator with its UART on a TCP port and a forwarded port to the board. Its network is QEMU's: the
 * board reaches this host's loopback at 192.168.4.1, Wi-Fi `myssid` with `mypassword`.
 */
export async function startEmulator(
  { chip, firmware }: { readonly chip: string; readonly firmware: string },
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

type Started = ReturnType<typeof startProgram>;

async function waitForPort(port: number, emulator: Started, options: EmulatorOptions): Promise<void> {
  const { command, deadlineMs = 20_000, signal } = options;
  let ended: string | undefined;
  void emulator.ended.then((how) => {
    ended = how;
  });
  const reach = async () => {
    if (await accepts(port)) return;
    signal?.throwIfAborted();
    if (ended === 'ENOENT') {
      const remedy = 'install it from https://github.com/espressif/esp-emulator and put it on PATH';
      throw new BoardsError('MISSING_TOOL', `There is no ${command} on PATH; ${remedy}.`);
    }
    const said = emulator.lastOutput() ? `; it said: ${emulator.lastOutput()}` : '';
    if (ended !== undefined) {
      throw new BoardsError('NO_SUCH_PORT', `${command} ended with ${ended} before its serial port opened${said}.`);
    }
    const message = `${command} did not open its serial port on 127.0.0.1:${port} within ${deadlineMs} ms${said}.`;
    throw new BoardsError('DEADLINE', message);
  };
  const mayPass = (error: unknown) => error instanceof BoardsError && error.code === 'DEADLINE';
  await retry(reach, { pauseMs: 100, deadlineMs, signal, mayPass });
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
