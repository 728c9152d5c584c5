import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { debug, instead } from '../debug.ts';

const run = promisify(execFile);

/** Programs that print the kernel's log with seconds since the start of the machine, the first that may is taken. */
const READERS: readonly (readonly [command: string, ...args: string[]])[] = [
  ['dmesg'],
  ['journalctl', '--dmesg', '--boot', '--no-pager', '--output=short-monotonic'],
];

/** What the kernel says of a port or its power, and what to do about it. */
export interface KernelTrouble {
  readonly what: string;
  readonly remedy: string;
  /** The last line of this kind, without its time. */
  readonly lastLine: string;
  readonly count: number;
}

interface Kind extends Pick<KernelTrouble, 'what' | 'remedy'> {
  readonly pattern: RegExp;
  /** A line counts only when it names the port; power is everybody's. */
  readonly ofPort: boolean;
}

const CABLE = 'use another cable, another USB port, or a hub with a supply of its own';
const SUPPLY = 'give this host or the hub a stronger supply: Wi-Fi of an ESP32 draws 0.5 A for moments';

/** Worst first. Sources: Linux drivers/usb/core/hub.c, drivers/usb/serial, drivers/hwmon/raspberrypi-hwmon.c. */
const KINDS: readonly Kind[] = [
  { pattern: /under-?voltage detected/i, ofPort: false, what: 'under-voltage', remedy: SUPPLY },
  { pattern: /over-?current/i, ofPort: false, what: 'over-current at a USB port', remedy: SUPPLY },
  {
    pattern:
      /descriptor read\/\w+, error|not accepting address|unable to enumerate|\(EMI\?\)|urb (stopped|failed)|failed .*: -\d+/,
    ofPort: true,
    what: 'USB errors',
    remedy: CABLE,
  },
  { pattern: /USB disconnect|now disconnected/, ofPort: true, what: 'disconnects', remedy: CABLE },
  { pattern: /reset (low|full|high)-speed USB device/, ofPort: true, what: 'resets by the USB host', remedy: CABLE },
];

/** The kernel's log of this start of the machine; null where this user may not read it. */
export async function readKernelLog(signal: AbortSignal): Promise<string | null> {
  for (const [command, ...args] of READERS) {
    try {
      const { stdout } = await run(command, args, { signal, timeout: 5_000, maxBuffer: 64 * 1024 * 1024 });
      if (stdout !== '') return stdout;
    } catch (error) {
      if (signal.aborted) throw error;
      debug('%s does not print the log of the kernel: %s', command, error);
    }
  }
  return null;
}

/**
 * What went wrong with a port since a moment, worst first.
 *
 * @param names what the log calls the port: `ttyUSB0`, `1-1.2`
 * @param sinceSeconds seconds since the machine's start; older lines are history
 */
export function findTrouble(log: string, names: readonly string[], sinceSeconds: number): KernelTrouble[] {
  const lines = log.split('\n').flatMap((line) => {
    const [, seconds, text] = /^(?:<\d+>)?\[\s*(\d+\.\d+)\]\s*(.*)$/.exec(line) ?? [];
    return text !== undefined && Number(seconds) >= sinceSeconds ? [text] : [];
  });
  return KINDS.flatMap(({ pattern, ofPort, what, remedy }) => {
    const found = lines.filter((line) => pattern.test(line) && (!ofPort || namesOne(line, names)));
    const lastLine = found.at(-1);
    return lastLine === undefined ? [] : [{ what, remedy, lastLine, count: found.length }];
  });
}

function namesOne(line: string, names: readonly string[]): boolean {
  return names.some((name) => line.split(/[\s:]+/).includes(name));
}

/** What the kernel's log calls a port: its terminal, and the USB device that it belongs to. `root` stands for `/sys`. */
export async function kernelNames(device: string, root = '/sys'): Promise<string[]> {
  const terminal = basename(device);
  const link = await readlink(`${root}/class/tty/${terminal}`).catch(
    instead(null, `looking for the device of ${terminal}`),
  );
  // A pseudo-terminal is no device of the kernel's.
  if (link === null) return [];
  // …/usb1/1-1/1-1.2/1-1.2:1.0/ttyUSB0/tty/ttyUSB0
  const parts = dirname(link).split('/');
  const usb = parts.filter((part) => /^\d+-\d+(\.\d+)*$/.test(part)).at(-1);
  return usb === undefined ? [terminal] : [terminal, usb];
}
