import { resolve } from 'node:path';
import { BoardsError } from '../errors.ts';
import type { BoardKind } from './board-kind.ts';

/** Chips that `esp-emu --chip` takes (its README, version 0.45). Others are handed on: it says itself what it cannot do. */
const KNOWN_CHIP = /^esp32[a-z0-9]*$/;

/** Espressif's emulator; every use starts one. */
export interface EmulatorPlace {
  readonly scheme: 'emu';
  readonly chip: string;
  /** Absolute path of a merged image. */
  readonly firmware: string;
}

/** `emu:CHIP?firmware=FILE` taken apart. */
function parseEmulatorUrl(url: string): EmulatorPlace {
  const [, chip = '', query = ''] = /^emu:([^?]*)\??(.*)$/s.exec(url) ?? [];
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((name) => name !== 'firmware');
  const firmware = parameters.get('firmware');
  if (!KNOWN_CHIP.test(chip) || !firmware || unknown !== undefined) {
    const what = unknown === undefined ? 'needs a chip and a firmware' : `has the unknown parameter '${unknown}'`;
    throw new BoardsError('BAD_URL', `The board URL '${url}' ${what}: emu:esp32c3?firmware=FILE.`);
  }
  return { scheme: 'emu', chip, firmware: resolve(firmware) };
}

export const emulatorKind: BoardKind<EmulatorPlace> = {
  parse: parseEmulatorUrl,
  label: ({ chip }) => chip,
  leaseKey: () => null,
  async start(place, { signal }) {
    const { startEmulator } = await import('./start-emulator.ts');
    return await startEmulator(place, { signal });
  },
};
