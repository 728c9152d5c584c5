import { realpathSync } from 'node:fs';
import { type LineSettings, parseLine } from '@wirewrap/repl-driver';
import { instead } from '../debug.ts';
import type { BoardKind } from './board-kind.ts';

/** The line of one scheme. */
export type LineOf<Scheme extends LineSettings['scheme']> = Extract<LineSettings, { scheme: Scheme }>;

/** A board that is there already: nothing is started. */
function lineKind<Scheme extends LineSettings['scheme']>(
  scheme: Scheme,
  { label, leaseKey }: Pick<BoardKind<LineOf<Scheme>>, 'label' | 'leaseKey'>,
): BoardKind<LineOf<Scheme>> {
  return {
    parse(url) {
      const line = parseLine(url);
      if (!isOf(line, scheme)) throw new TypeError(`${url} is read as ${line.scheme}, not as ${scheme}`);
      return line;
    },
    label,
    leaseKey,
    start: async (line) => ({ line, [Symbol.asyncDispose]: async () => {} }),
  };
}

function isOf<Scheme extends LineSettings['scheme']>(line: LineSettings, scheme: Scheme): line is LineOf<Scheme> {
  return line.scheme === scheme;
}

const address = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** By-id links and the device itself are one board. */
function realPath(device: string): string {
  try {
    return realpathSync(device);
  } catch (error) {
    // A port that is not plugged in has no other name.
    return instead(device, `looking for other names of ${device}`)(error);
  }
}

export const serialKind: BoardKind<LineOf<'serial'>> = lineKind('serial', {
  label: ({ path }) => path.replace(/^\/dev\/(serial\/by-id\/)?/, ''),
  leaseKey: ({ path }) => realPath(path),
});

export const tcpKind: BoardKind<LineOf<'tcp'>> = lineKind('tcp', {
  label: address,
  leaseKey: (line) => `tcp://${address(line)}`,
});

export const rfc2217Kind: BoardKind<LineOf<'rfc2217'>> = lineKind('rfc2217', {
  label: address,
  leaseKey: (line) => `rfc2217://${address(line)}`,
});

export const webReplKind: BoardKind<LineOf<'ws'>> = lineKind('ws', {
  label: address,
  leaseKey: (line) => `ws://${address(line)}`,
});

/** Every use starts a program of its own. */
export const execKind: BoardKind<LineOf<'exec'>> = lineKind('exec', {
  label: ({ command, args }) => [command, ...args].join(' '),
  leaseKey: () => null,
});

export const replayKind: BoardKind<LineOf<'replay'>> = lineKind('replay', {
  label: ({ path }) => path,
  leaseKey: () => null,
});
