import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { BoardNetwork } from './board-network.ts';
import { hostAddressFor, isOurs } from './host-address.ts';

const own = (address: string, internal = false) =>
  ({ address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '', cidr: null }) as NetworkInterfaceInfo;
const interfaces = { lo: [own('127.0.0.1', true)], eth0: [own('10.1.2.3')], wlan0: [own('192.168.4.2')] };

describe('which of our addresses the board reaches', () => {
  test.for([
    ['192.168.4.16', '255.255.255.0', '192.168.4.2'],
    ['10.1.9.9', '255.255.0.0', '10.1.2.3'],
    ['172.16.0.9', '255.255.255.0', '10.1.2.3'],
  ] as const)('board at %s/%s: %s', ([address, mask, expected]) => {
    expect(hostAddressFor({ address, mask }, interfaces)).toBe(expected);
  });

  test('none but loopback: none', () => {
    expect(hostAddressFor({ address: '192.168.4.16', mask: '255.255.255.0' }, { lo: interfaces.lo })).toBeNull();
    expect(isOurs('192.168.4.2', interfaces)).toBe(true);
    expect(isOurs('192.168.4.3', interfaces)).toBe(false);
  });
});

describe('addresses and ports', () => {
  test('a board that shares our network: loopback everywhere, a port that the system chose', async () => {
    const network = new BoardNetwork({});
    expect(network.hostAddress).toBe('127.0.0.1');
    expect(network.listenAddress).toBe('127.0.0.1');
    expect(network.bindAddress).toBe('127.0.0.1');
    const port = await network.boardPort();
    expect(port).toBeGreaterThan(1023);
    expect(network.boardAt(port)).toEqual({ host: '127.0.0.1', port });
  });

  test('an emulator behind NAT: it sees us at an address that is not ours, its port is forwarded', async () => {
    const boardAddress = { host: '127.0.0.1', port: 38_443 };
    const network = new BoardNetwork({ host: '198.51.100.7', boardAddress, boardPort: 8443 });
    expect(network.hostAddress).toBe('198.51.100.7');
    expect(network.listenAddress).toBe('127.0.0.1');
    expect(network.hostFor('127.0.0.1')).toBe('198.51.100.7');
    expect(network.hostFor('0.0.0.0')).toBe('198.51.100.7');
    expect(await network.boardPort()).toBe(8443);
    expect(network.boardAt(8443)).toEqual({ host: '127.0.0.1', port: 38_443 });
  });

  test('a server of ours at an address that a test named is reached there', () => {
    expect(new BoardNetwork({}).hostFor('127.0.0.2')).toBe('127.0.0.2');
  });
});
