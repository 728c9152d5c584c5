import { createServer } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Board } from '@wirewrap/repl-driver';
import { log } from '../log.ts';
import { connectFromBoard, GREETING } from './connect-from-board.ts';
import { NetworkError } from './network-error.ts';
import type { Interface } from './wifi.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** A way for the board to reach this host. */
export interface HostAddress {
  /** What the board connects to. */
  readonly host: string;
  /** What a server of ours binds to for that. */
  readonly listen: string;
}

/** Milliseconds that the board may take to open one connection. */
const PROBE_MS = 4_000;
const LOOPBACK = '127.0.0.1';

/** True when the address belongs to this machine. */
export function isOurs(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  return all(interfaces).some((own) => own.address === address);
}

/**
 * Where the board may reach this host, likeliest first: our address in the board's own subnet; the board's gateway,
 * behind which an emulator's NAT keeps our loopback; any other address of ours, by way of routes.
 */
export function hostCandidates(board: Interface, interfaces: Interfaces = networkInterfaces()): HostAddress[] {
  const own = all(interfaces).filter(({ family }) => family === 'IPv4');
  const near = own.filter(({ address }) => subnet(address, board.mask) === subnet(board.address, board.mask));
  const far = own.filter((info) => !info.internal && !near.includes(info));
  const { gateway } = board;
  const viaGateway = gateway === null || isOurs(gateway, interfaces) ? [] : [{ host: gateway, listen: LOOPBACK }];
  return [...near.map(direct), ...viaGateway, ...far.map(direct)];
}

/** Tries the candidates with a real connection of the board; the first that works. Fails with `HOST_UNREACHABLE`. */
export async function findHostAddress(
  board: Board,
  own: Interface,
  candidates: readonly HostAddress[],
): Promise<HostAddress> {
  const failures: string[] = [];
  for (const candidate of candidates) {
    const failure = await probe(board, candidate);
    if (failure === null) return candidate;
    failures.push(`${candidate.host} (${failure})`);
  }
  throw new NetworkError(
    'HOST_UNREACHABLE',
    `The board at ${own.address} cannot connect to this host at ${failures.join(' or ') || 'any address: it has none'}; open the firewall in between, or name the address with WIREWRAP_HOST.`,
  );
}

async function probe(board: Board, { host, listen }: HostAddress): Promise<string | null> {
  const server = createServer((socket) =>
    socket.on('error', (error) => log('the probe of this host: %s', error)).end(GREETING),
  );
  try {
    await new Promise<void>((listening, refused) => {
      server.once('error', refused);
      server.listen(0, listen, listening);
    });
    const { port } = server.address() as { port: number };
    return await connectFromBoard(board, host, port, PROBE_MS);
  } finally {
    server.close();
  }
}

function direct({ address }: NetworkInterfaceInfo): HostAddress {
  return { host: address, listen: address };
}

function all(interfaces: Interfaces): NetworkInterfaceInfo[] {
  return Object.values(interfaces).flatMap((list) => list ?? []);
}

function subnet(address: string, mask: string): string {
  const bits = mask.split('.').map(Number);
  return address
    .split('.')
    .map((part, index) => Number(part) & (bits[index] ?? 0))
    .join('.');
}
