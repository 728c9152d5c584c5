import type { BoardIdentity } from '@wirewrap/repl-driver';

/** `Generic ESP32 module with ESP32, MicroPython 1.26.1 (v1.26.1 on 2025-09-11), 112 KB free`. */
export function describeIdentity(identity: BoardIdentity): string {
  const heap = identity.freeHeap === null ? '' : `, ${Math.round(identity.freeHeap / 1024)} KB free`;
  return `${identity.machine}, ${describeFirmware(identity)}${heap}`;
}

/** `MicroPython 1.26.1 (v1.26.1 on 2025-09-11)`. */
export function describeFirmware({ version, build }: BoardIdentity): string {
  return `MicroPython ${version}${build ? ` (${build})` : ''}`;
}

/** `ESP32-C3` out of what the board calls itself; null where it names no chip of that family. */
export function chipOf({ machine }: Pick<BoardIdentity, 'machine'>): string | null {
  const chips = [...machine.matchAll(/ESP32(?:-?[CHPS]\d+)?/gi)].map(([chip]) => chip.toUpperCase());
  // "Generic ESP32C3 module with ESP32C3": the last word is the chip, the first may be the board's.
  const chip = chips.at(-1);
  return chip === undefined ? null : chip.replace(/^ESP32-?(?=.)/, 'ESP32-');
}

/** Files on the board that `import ssl` finds in place of the firmware's module: that file is then what is tested. */
export function sslFilesOf({ hidingFiles }: Pick<BoardIdentity, 'hidingFiles'>): readonly string[] {
  return hidingFiles.filter((path) => /(^|\/)u?(ssl|tls)(\.\w+)?$/.test(path));
}
