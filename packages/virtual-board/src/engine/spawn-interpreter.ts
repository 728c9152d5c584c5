import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface SpawnOptions {
  readonly executable: string;
  /** Bytes of heap that programs get, about. */
  readonly heapBytes: number;
  /** What the board-side program gets: see firmware/wirewrap_boot.py. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The flash image, which the process gets as file descriptor 3. */
  readonly flash: { readonly fd: number };
  /** Added to the interpreter's environment, out of a program's reach. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A MicroPython process with its channels. */
export interface SpawnedInterpreter {
  readonly child: ChildProcess;
  /** What precedes binary output on the standard output: see `OutputParser`. */
  readonly mark: Buffer;
  /** The firmware's messages, apart from everything that a program prints. Null when the process could not be started. */
  readonly control: Readable | null;
}

/** The board-side programs. */
export const firmwareFolder: string = fileURLToPath(new URL('../../firmware/', import.meta.url));

const CONTROL_FD = 4;
const MARK_BYTES = 8;
/** What the board-side programs hold on to (measured: 46 to 61 KB) and the heap's own table. */
const FIRMWARE_HEAP = 60 * 1024;
/** node-pty's master is not close-on-exec: without the loop the port would stay open in every interpreter. */
const CLOSE_INHERITED = `for f in /proc/self/fd/*; do n=$\{f##*/}; [ "$n" -gt ${CONTROL_FD} ] && eval "exec $n>&-"; done; exec "$@"`;

export function spawnInterpreter(
  options: SpawnOptions,
  random: (length: number) => Buffer = randomBytes,
): SpawnedInterpreter {
  // FF occurs in no UTF-8 text: only a program that prints bytes makes the parser wait for what follows.
  const mark = Buffer.concat([Buffer.from([0xff]), random(MARK_BYTES)]);
  const heap = `heapsize=${options.heapBytes + FIRMWARE_HEAP}`;
  const command = [options.executable, '-X', heap, '-c', "__import__('wirewrap_boot')"];
  const child = spawn('/bin/bash', ['--norc', '--noprofile', '-c', CLOSE_INHERITED, 'bash', ...command], {
    stdio: ['pipe', 'pipe', 'pipe', options.flash.fd, 'pipe'],
    cwd: '/',
    env: {
      ...options.environment,
      // A board's clock has no time zone.
      TZ: 'UTC0',
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      MICROPYPATH: firmwareFolder,
      WIREWRAP_CONFIG: JSON.stringify({ ...options.config, mark: mark.toString('hex') }),
    },
  });
  return { child, mark, control: child.stdio[CONTROL_FD] as Readable | null };
}
