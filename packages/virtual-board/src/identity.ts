import type { EngineName } from './provision/provision-options.ts';
import type { TlsLibrary } from './provision/tls-library.ts';
import type { FirmwareShape, VirtualBoardOptions } from './virtual-board.ts';

/** The interpreter behind a board. */
export interface Engine {
  readonly executable: string;
  readonly source: string;
  readonly engine: EngineName;
  readonly version: string;
  readonly tls: TlsLibrary;
}

/** What a shape cannot show because the engine underneath is newer: the record says so instead of pretending. */
const LIMITS: Readonly<Record<FirmwareShape, readonly string[]>> = {
  '1.18': [
    'TLS 1.0 and 1.1 are not negotiated: the engine has other versions than this firmware',
    'a socket stays dead after a read timeout; this firmware could go on',
  ],
  '1.20': [
    'TLS 1.0 and 1.1 are not negotiated: the engine has other versions than this firmware',
    'CERT_REQUIRED refuses a certificate for its dates and needs server_hostname: VirtualBoardLimit where this firmware completes',
  ],
  '1.23': [],
  native: [],
};

/** The distribution's engine under any shape: firmware up to 1.23 has no TLS 1.3, and the ESP32-like engine has none. */
const TLS13 = 'TLS 1.3 is negotiated: this firmware does not have it';

const OURS: Readonly<Record<FirmwareShape, readonly string[]>> = {
  '1.18': ['ssl', 'ussl', 'uzlib'],
  '1.20': ['ssl', 'ussl', 'uzlib'],
  '1.23': ['ssl', 'tls.SSLContext'],
  native: ['ssl'],
};

const ENGINES: Readonly<Record<EngineName, string>> = {
  distribution: 'MicroPython unix port',
  esp32: 'MicroPython unix port, built with the options of an ESP32',
};

/** What no ESP32's firmware and no distribution's package has: our build's own doing. */
const ENGINE_OURS: Readonly<Record<EngineName, readonly string[]>> = {
  distribution: [],
  esp32: ['the build', 'errno', 'machine.RTC'],
};

/** What `wirewrap_virtual.info` holds on the board, and so the run record's `board.virtual`. */
export function describeBoard(engine: Engine, options: VirtualBoardOptions): Readonly<Record<string, unknown>> {
  const shape = options.ssl ?? 'native';
  return {
    engine: ENGINES[engine.engine],
    version: engine.version,
    source: engine.source,
    mbedtls: engine.tls.loaded,
    tls: engine.tls,
    ssl: shape,
    ours: [...OURS[shape], 'sys', 'os', 'machine', 'micropython', 'vfs', ...ENGINE_OURS[engine.engine]],
    limits: [...(shape !== 'native' && engine.engine === 'distribution' ? [TLS13] : []), ...LIMITS[shape]],
    baudRate: options.baudRate ?? 0,
    latencyMs: options.latencyMs ?? 0,
    slowness: options.slowness ?? 1,
    failingAllocations: options.failingAllocations ?? null,
    flashMs: options.flashMs ?? 0,
  };
}
