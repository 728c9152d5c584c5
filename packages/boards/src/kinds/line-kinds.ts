import { realpathSync } from 'node:fs';
import { parseBoardUrl } from '@wirewrap/repl-driver';
import type { BoardKind, Line } from './board-kind.ts';

type LineOf<Scheme extends Line['scheme']> = Extract<Line, { scheme: Scheme }>;

/** A board that is there already: nothing is started. */
function lineKind<Scheme extends Line['scheme']>(
  scheme: Scheme,
  { label, leaseKey }: Pick<BoardKind<LineOf<Scheme>>, 'label' | 'leaseKey'>,
): BoardKind<LineOf<Scheme>> {
  return {
    parse(url) {
      const line = parseBoardUrl(url);
      if (!isOf(line, scheme)) throw new TypeError(`${url} is read as ${line.scheme}, not as ${scheme}`);
      return line;
    },
    label,
    leaseKey,
    start: async (line) => ({ line, [Symbol.asyncDispose]: async () => {} }),
  };
}

function isOf<Scheme extends Line['scheme']>(line: Line, scheme: Scheme): line is LineOf<Scheme> {
  return line.scheme === scheme;
}

const address = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** By-id links and the device itself are one board. */
function realPath(device: string): string {
  try {
    return realpathSync(device);
  } catch {
    // A port that is not plugged in has no other name.
    return device;
  }
}

export const serialKind = lineKind('serial', {
  label: ({ path }) => path.replace(/^\/dev\/(serial\/by-id\/)?/, ''),
  leaseKey: ({ path }) => realPath(path),
});

export const tcpKind = lineKind('tcp', { label: address, leaseKey: (line) => `tcp://${address(line)}` });

export const rfc2217Kind = lineKind('rfc2217', { label: address, leaseKey: (line) => `rfc2217://${address(line)}` });

/** Every use starts a program of its own. */
export const execKind = lineKind('exec', {
  label: ({ command, args }) => [command, ...args].join(' '),
  leaseKey: () => null,
});

export const replayKind = lineKind('replay', { label: ({ path }) => path, leaseKey: () => null });
