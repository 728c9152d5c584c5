import { describe, expect, test } from 'vitest';
import { networkSettings } from './network-settings.ts';

describe('the settings in the environment', () => {
  test('nothing is set: everything is left to the board', () => {
    expect(networkSettings({ PATH: '/bin', WIREWRAP_HOST: '', WIREWRAP_WIFI_SSID: '' })).toEqual({});
  });

  test('an open network has an empty password', () => {
    expect(networkSettings({ WIREWRAP_WIFI_SSID: 'lab' }).wifi).toEqual({ ssid: 'lab', password: '' });
    expect(networkSettings({ WIREWRAP_WIFI_SSID: 'lab', WIREWRAP_WIFI_PASSWORD: ' x ' }).wifi?.password).toBe(' x ');
  });

  test.for([
    ['192.168.4.16', { host: '192.168.4.16', port: null }],
    ['board.local:8443', { host: 'board.local', port: 8443 }],
    ['[fe80::1]:8443', { host: 'fe80::1', port: 8443 }],
    ['fe80::1', { host: 'fe80::1', port: null }],
  ] as const)('the board is at %s', ([text, expected]) => {
    expect(networkSettings({ WIREWRAP_BOARD_ADDRESS: text, WIREWRAP_BOARD_PORT: '443' }).boardAddress).toEqual(
      expected,
    );
  });

  test.for([
    [
      { WIREWRAP_BOARD_PORT: '0' },
      "WIREWRAP_BOARD_PORT (or --board-port) is '0', but it must be a port from 1 to 65535.",
    ],
    [{ WIREWRAP_BOARD_PORT: '443x' }, /a port from 1 to 65535/],
    [{ WIREWRAP_BOARD_ADDRESS: 'host:99999', WIREWRAP_BOARD_PORT: '443' }, /a port from 1 to 65535/],
    [{ WIREWRAP_BOARD_ADDRESS: 'http://host/', WIREWRAP_BOARD_PORT: '443' }, /host or host:port/],
    [{ WIREWRAP_HOST: '10.0.0.2:443' }, /without a port/],
    [{ WIREWRAP_CLOCK: '2000' }, /must be 'set' or 'keep'/],
    [{ WIREWRAP_LISTEN: 'localhost' }, /an IP address of this machine/],
    [{ WIREWRAP_BOARD_ADDRESS: '127.0.0.1:8443' }, /set WIREWRAP_BOARD_PORT \(or --board-port\) to that port/],
  ] as const)('%j is refused in one sentence', ([environment, message]) => {
    expect(() => networkSettings(environment)).toThrow(message);
    expect(() => networkSettings(environment)).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }));
  });
});
