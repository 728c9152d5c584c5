import { acquireBoard } from '@wirewrap/boards';
import { probeCapabilities } from '@wirewrap/conformance';
import { py, type RecoveryEvent } from '@wirewrap/repl-driver';
import { chipOf, describeFirmware, sslFilesOf } from '../board/describe-identity.ts';
import { instead } from '../debug.ts';
import { isBadInput, isExpectedError } from '../errors.ts';
import { bad, type Check, type CheckResult, good, hopeless, openedBoard, skipped, warning } from './check.ts';

/** Bytes of free heap below which handshakes with RSA fail on the ESP32. Source: docs/background/firmware-facts.md, the heap of a handshake. */
const LOW_HEAP = 60 * 1024;

/** Milliseconds to say who it is, for a board that has answered: it looks into its flash, and slow is not broken. */
const IDENTITY_MS = 60_000;
const SLOW = 'let what the board does come to its end, or press the reset button; an emulator wants a core of its own';

const repl: Check = {
  name: 'MicroPython',
  async run(examination) {
    const { target, signal, stack } = examination;
    const recovery: RecoveryEvent[] = [];
    try {
      const opened = stack.use(await acquireBoard(target, { signal, onRecovery: (event) => recovery.push(event) }));
      examination.board = opened.board;
      examination.target = opened.settings;
      examination.identity = await opened.board.identity({ deadlineMs: IDENTITY_MS });
    } catch (error) {
      if (!isExpectedError(error) || isBadInput(error)) throw error;
      if (examination.board !== null && error.code === 'DEADLINE')
        return hopeless(error.message.replace(/\.$/, ''), SLOW);
      return unreachable(error);
    }
    const { identity } = examination;
    const [major = 0, minor = 0] = identity.version.split('.').map(Number);
    const named = `${identity.machine}, ${describeFirmware(identity)}`;
    if (major < 1 || (major === 1 && minor < 18)) {
      return warning(named, 'firmwares before 1.18 are not supported: `wirewrap flash` a newer one');
    }
    return good(recovery.length > 1 ? `${named}, after ${recovery.length} attempts to reach it` : named);
  },
};

/** Nobody came as far as the board, and the error says itself what to do. */
const OWN_REMEDY: ReadonlySet<string> = new Set([
  'HOST',
  'MISSING_TOOL',
  'NO_MICROPYTHON',
  'NO_PERMISSION',
  'NO_PTY',
  'NO_SUCH_PORT',
  'PORT_BUSY',
  'PROVISION_FAILED',
  'START_FAILED',
]);

function unreachable({ code, message }: Error & { readonly code: string }): CheckResult {
  const text = message.replace(/\.$/, '');
  const [, detail, remedy] = /^(.*?); (.+)$/s.exec(text) ?? /^(.*): ([^:]+)$/s.exec(text) ?? [];
  if (OWN_REMEDY.has(code) && detail && remedy) return hopeless(detail, remedy);
  return hopeless(
    text,
    'check cable and baud rate (`serial:PORT?baud=115200`), press the reset button, or flash a firmware',
  );
}

const line: Check = {
  name: 'line',
  async run(examination) {
    const board = openedBoard(examination);
    const pattern = 'Uu5'.repeat(171);
    const { now } = examination.clock;
    const startedAt = now();
    const rounds = 4;
    try {
      for (let round = 0; round < rounds; round += 1) {
        const echoed = await board.exec(py`print(${pattern})`, { deadlineMs: 10_000 });
        if (echoed.trim() === pattern) continue;
        return hopeless(
          'characters were lost or changed',
          'use a lower baud rate, a shorter cable, or another USB port',
        );
      }
    } catch (error) {
      if (!isExpectedError(error)) throw error;
      return hopeless(error.message.replace(/\.$/, ''), 'use a lower baud rate, a shorter cable, or another USB port');
    }
    const ms = Math.round((now() - startedAt) / rounds);
    return good(`${pattern.length} bytes there and back without an error, ${ms} ms each`);
  },
};

const resetCircuit: Check = {
  name: 'reset circuit',
  async run(examination) {
    if (examination.device === null || chipOf(examination.identity ?? { machine: '' }) === null) {
      return skipped('no modem lines to reset an ESP32 with');
    }
    const board = openedBoard(examination);
    try {
      const printed = await board.reset('run', { deadlineMs: 15_000 });
      return /rst:|boot:|ESP-ROM|MicroPython/i.test(printed)
        ? good('RTS resets the board')
        : warning(
            'RTS does not reset the board',
            'a hung board needs its button, or a `powerCycle` command in wirewrap.config.ts',
          );
    } catch (error) {
      if (!isExpectedError(error)) throw error;
      return warning(error.message.replace(/\.$/, ''), 'a hung board needs its button, or a `powerCycle` command');
    }
  },
};

const heap: Check = {
  name: 'heap',
  async run(examination) {
    const free = examination.identity?.freeHeap ?? null;
    if (free === null) return skipped('the firmware does not tell');
    const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;
    const room = await openedBoard(examination).heap().catch(instead(null, 'reading the largest free block'));
    const text = `${kilobytes(free)} free${room === null ? '' : `, ${kilobytes(room.largest)} of it in one piece`}`;
    return free < LOW_HEAP
      ? warning(text, 'a handshake may fail with ENOMEM: remove what main.py imports')
      : good(text);
  },
};

const ssl: Check = {
  name: 'ssl',
  async run(examination) {
    const modules = examination.identity?.modules;
    if (!modules?.ssl && !modules?.ussl && !modules?.tls) {
      return hopeless(
        'the firmware has no ssl module',
        'flash a firmware with ssl, such as the ones from micropython.org',
      );
    }
    const board = openedBoard(examination);
    const { module, keywords, mbedtlsVersion, engine, constants } = await probeCapabilities(board);
    const text = `module ${module}, ${libraryText(mbedtlsVersion, engine)}; wrap_socket takes ${keywords.join(', ') || 'no keywords'}`;
    if (!constants.includes('CERT_REQUIRED')) {
      return bad(`${text}; no CERT_REQUIRED`, 'this firmware cannot be told to validate a certificate');
    }
    const files = examination.identity === null ? [] : sslFilesOf(examination.identity);
    if (files.length === 0) return good(text);
    const file = files.join(' and ');
    return warning(
      `${text}; the file ${file} on the board stands in for the firmware's module`,
      `tests show that file, not the firmware: remove ${file} to test the firmware`,
    );
  },
};

/** The library that runs; on a system with shared libraries it may be newer than the one that the firmware was compiled with. */
function libraryText(compiled: string | null, runs: string | null): string {
  if (compiled === null) return 'Mbed TLS of unknown version';
  return runs === null || compiled.includes(runs) ? compiled : `Mbed TLS ${runs} (compiled with ${compiled})`;
}

export const BOARD_CHECKS: readonly Check[] = [repl, line, resetCircuit, heap, ssl];
