import { acquireBoard } from '@wirewrap/boards';
import { probeCapabilities } from '@wirewrap/conformance';
import { py, type RecoveryEvent } from '@wirewrap/repl-driver';
import { chipOf, describeFirmware } from '../board/describe-identity.ts';
import { isBadInput, isExpectedError } from '../errors.ts';
import { bad, type Check, type Finding, good, hopeless, openedBoard, skipped, warning } from './check.ts';

/** Bytes of free heap below which handshakes with RSA fail on the ESP32. Source: docs/background/firmware-facts.md, the heap of a handshake. */
const lowHeap = 60 * 1024;

const repl: Check = {
  name: 'MicroPython',
  async run(examination) {
    const { target, signal, stack } = examination;
    const recovery: RecoveryEvent[] = [];
    try {
      const opened = stack.use(await acquireBoard(target, { signal, onRecovery: (event) => recovery.push(event) }));
      examination.board = opened.board;
      examination.target = opened.settings;
      examination.identity = await opened.board.identity();
    } catch (error) {
      if (!isExpectedError(error) || isBadInput(error)) throw error;
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
const ownRemedy: ReadonlySet<string> = new Set([
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

function unreachable({ code, message }: Error & { readonly code: string }): Finding {
  const text = message.replace(/\.$/, '');
  const [, detail, remedy] = /^(.*?); (.+)$/s.exec(text) ?? /^(.*): ([^:]+)$/s.exec(text) ?? [];
  if (ownRemedy.has(code) && detail && remedy) return hopeless(detail, remedy);
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
    const startedAt = performance.now();
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
    const ms = Math.round((performance.now() - startedAt) / rounds);
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
  async run({ identity }) {
    const free = identity?.freeHeap ?? null;
    if (free === null) return skipped('the firmware does not tell');
    const text = `${Math.round(free / 1024)} KB free`;
    return free < lowHeap ? warning(text, 'a handshake may fail with ENOMEM: remove what main.py imports') : good(text);
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
    const { module, keywords, mbedtlsVersion, constants } = await probeCapabilities(board);
    const engine = mbedtlsVersion ?? 'Mbed TLS of unknown version';
    const text = `module ${module}, ${engine}; wrap_socket takes ${keywords.join(', ') || 'no keywords'}`;
    return constants.includes('CERT_REQUIRED')
      ? good(text)
      : bad(`${text}; no CERT_REQUIRED`, 'this firmware cannot be told to validate a certificate');
  },
};

export const boardChecks: readonly Check[] = [repl, line, resetCircuit, heap, ssl];
