import type { NetworkInterfaceInfo } from 'node:os';
import type { Board } from '@wirewrap/repl-driver';
import { describe, expect, test } from 'vitest';
import { BoardNetwork } from './board-network.ts';
import { hostCandidates, isOurs } from './host-address.ts';

const own = (address: string, internal = false) =>
  ({ address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '', cidr: null }) as NetworkInterfaceInfo;
const interfaces = { lo: [own('127.0.0.1', true)], eth0: [own('10.1.2.3')], wlan0: [own('192.168.4.2')] };

describe('where the board may reach this host, likeliest first', () => {
  test.for([
    ['192.168.4.16', '255.255.255.0', '192.168.4.1', ['192.168.4.2', '192.168.4.1 to loopback', '10.1.2.3']],
    ['10.1.9.9', '255.255.0.0', null, ['10.1.2.3', '192.168.4.2']],
    ['172.16.0.9', '255.255.255.0', '172.16.0.1', ['172.16.0.1 to loopback', '10.1.2.3', '192.168.4.2']],
    ['127.0.0.1', '255.0.0.0', '127.0.0.1', ['127.0.0.1', '10.1.2.3', '192.168.4.2']],
  ] as const)('board at %s/%s, gateway %s', ([address, mask, gateway, expected]) => {
    const found = hostCandidates({ address, mask, gateway }, interfaces);
    expect(found.map(({ host, listen }) => (host === listen ? host : `${host} to loopback`))).toEqual(expected);
  });

  test('a host without any other address is still reached through an emulator', () => {
    const own = { lo: interfaces.lo };
    const found = hostCandidates({ address: '192.168.4.16', mask: '255.255.255.0', gateway: '192.168.4.1' }, own);
    expect(found).toEqual([{ host: '192.168.4.1', listen: '127.0.0.1' }]);
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

  test.for([
    ['QEMU', '10.0.2.2', '10.0.2.2', false],
    ['a network of the same addresses with a gateway of its own', '10.0.2.1', '10.0.2.2', true],
    ['another host behind that gateway', '10.0.2.2', '10.0.2.7', true],
  ] as const)('%s carries a reset of the host', async ([, gateway, host, carries]) => {
    const printed = `('connected', ('10.0.2.15', '255.255.255.0', '${gateway}'))`;
    const board = { exec: async () => printed } as unknown as Board;
    const network = new BoardNetwork({ host });
    await network.join(board);
    expect(network.carriesResets).toBe(carries);
  });

  test('a board that shares our network carries every reset', () => {
    expect(new BoardNetwork({}).carriesResets).toBe(true);
  });

  test('a server of ours at an address that a test named is reached there', () => {
    expect(new BoardNetwork({}).hostFor('127.0.0.2')).toBe('127.0.0.2');
  });
});
