import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Interface } from './wifi.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** True when the address belongs to this machine. */
export function isOurs(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  return all(interfaces).some((own) => own.address === address);
}

/** The address of this host in the board's own subnet; else the first that is not loopback; else null. */
export function hostAddressFor(board: Interface, interfaces: Interfaces = networkInterfaces()): string | null {
  const outside = all(interfaces).filter((own) => own.family === 'IPv4' && !own.internal);
  const near = outside.find((own) => subnet(own.address, board.mask) === subnet(board.address, board.mask));
  return (near ?? outside[0])?.address ?? null;
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
