import { isIP } from 'node:net';
import { NetworkError } from './network-error.ts';

/** How board and host reach each other. Every field may be missing: `BoardNetwork` finds a default. */
export interface NetworkSettings {
  /** Address or name at which the board reaches this host. `WIREWRAP_HOST`. */
  readonly host?: string;
  /** Address that this host's servers bind to. `WIREWRAP_LISTEN`. */
  readonly listen?: string;
  /** Where this host reaches the board; the port may be forwarded. `WIREWRAP_BOARD_ADDRESS`, `host[:port]`. */
  readonly boardAddress?: { readonly host: string; readonly port: number | null };
  /** Port that the board listens on. Default: another one for each server. `WIREWRAP_BOARD_PORT`. */
  readonly boardPort?: number;
  /**
   * The password may be empty: an open network. The country (two letters) says which channels are allowed.
   * `WIREWRAP_WIFI_SSID`, `WIREWRAP_WIFI_PASSWORD`, `WIREWRAP_WIFI_COUNTRY`.
   */
  readonly wifi?: { readonly ssid: string; readonly password: string; readonly country?: string };
  /** `WIREWRAP_CLOCK`: `set` (default) starts a clock that was never set, `keep` leaves it in the year 2000. */
  readonly clock?: 'set' | 'keep';
}

/**
 * Reads the settings; the only place that knows the variables. Fails with `BAD_SETTING` in one sentence.
 *
 * @example networkSettings({ WIREWRAP_HOST: '192.168.4.2' }).host; // '192.168.4.2'
 */
export function networkSettings(environment: Readonly<Record<string, string | undefined>>): NetworkSettings {
  const text = (name: string) => environment[name]?.trim() || undefined;
  const boardAddress = text('WIREWRAP_BOARD_ADDRESS');
  const boardPort = text('WIREWRAP_BOARD_PORT');
  const ssid = environment.WIREWRAP_WIFI_SSID;
  const listen = text('WIREWRAP_LISTEN');
  const clock = text('WIREWRAP_CLOCK');
  if (clock !== undefined && clock !== 'set' && clock !== 'keep') throw bad('WIREWRAP_CLOCK', clock, "'set' or 'keep'");
  if (listen !== undefined && isIP(listen) === 0) {
    throw bad('WIREWRAP_LISTEN', listen, 'an IP address of this machine, such as 192.168.4.2');
  }
  const settings: NetworkSettings = {
    host: hostText('WIREWRAP_HOST', text('WIREWRAP_HOST')),
    listen,
    clock,
    boardAddress: boardAddress === undefined ? undefined : addressText(boardAddress),
    boardPort: boardPort === undefined ? undefined : portText('WIREWRAP_BOARD_PORT', boardPort),
    wifi: ssid
      ? { ssid, password: environment.WIREWRAP_WIFI_PASSWORD ?? '', country: text('WIREWRAP_WIFI_COUNTRY') }
      : undefined,
  };
  if (settings.boardAddress?.port && settings.boardPort === undefined) {
    throw new NetworkError(
      'BAD_SETTING',
      `WIREWRAP_BOARD_ADDRESS names port ${settings.boardAddress.port}, which is forwarded to one port of the board: set WIREWRAP_BOARD_PORT (or --board-port) to that port.`,
    );
  }
  return settings;
}

function hostText(name: string, value: string | undefined): string | undefined {
  if (value === undefined || isIP(value) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(value))
    return value;
  throw bad(name, value, 'an address or a host name without a port');
}

/** `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address. */
function addressText(value: string): { host: string; port: number | null } {
  if (isIP(value) === 6) return { host: value, port: null };
  const match = /^(?:\[([0-9A-Fa-f:.%]+)\]|([^:\s/[\]]+))(?::([^/]*))?$/.exec(value);
  const host = match?.[1] ?? match?.[2];
  if (!host) throw bad('WIREWRAP_BOARD_ADDRESS', value, 'host or host:port, such as 192.168.4.16 or 127.0.0.1:8443');
  return { host, port: match?.[3] === undefined ? null : portText('WIREWRAP_BOARD_ADDRESS', match[3]) };
}

function portText(name: string, value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw bad(name, value, 'a port from 1 to 65535');
}

/** The option of `wirewrap` that sets the same: whoever typed it looks for that name. */
const OPTIONS: Readonly<Record<string, string>> = {
  WIREWRAP_HOST: '--host',
  WIREWRAP_LISTEN: '--listen',
  WIREWRAP_BOARD_ADDRESS: '--board-address',
  WIREWRAP_BOARD_PORT: '--board-port',
};

function bad(name: string, value: string, wanted: string): NetworkError {
  const option = OPTIONS[name];
  const where = option === undefined ? name : `${name} (or ${option})`;
  return new NetworkError('BAD_SETTING', `${where} is '${value}', but it must be ${wanted}.`);
}
