import { readFileSync } from 'node:fs';
import { type Board, parseLiteral, py, ReplDriverError } from '@wirewrap/repl-driver';
import { NetworkError } from './network-error.ts';
import type { NetworkSettings } from './network-settings.ts';

const PROGRAM = readFileSync(new URL('./join-program.py', import.meta.url), 'utf8');

/** `status()` of a station that could not join. Source: MicroPython, ports/esp32/network_wlan.c. */
const REASONS: Readonly<Record<number, string>> = {
  200: 'the access point no longer answers (BEACON_TIMEOUT)',
  201: 'no access point of that name was found',
  202: 'the password is wrong or the network wants none',
  203: 'the access point refused the association',
  204: 'the handshake with the access point timed out, often because of a wrong password',
  210: 'no access point of that name has a security that the board accepts',
  211: 'no access point of that name has the security that was asked for',
  212: 'no access point of that name is near enough',
  1001: 'it was still connecting; the address may not have come from DHCP',
};

export interface Interface {
  readonly address: string;
  readonly mask: string;
  /** Null when the firmware does not tell. */
  readonly gateway: string | null;
}

/**
 * The board's interface: one that is connected already, or the Wi-Fi of the settings, joined. Null when the firmware
 * has no `network` module (the unix port uses the host's network). Fails with `NOT_CONNECTED` or `WIFI_REFUSED`.
 *
 * @example const own = await joinNetwork(board, { ssid: 'lab', password: '' }, 20_000); // { address: '192.168.4.16', … }
 */
export async function joinNetwork(
  board: Board,
  wifi: NetworkSettings['wifi'],
  joinMs: number,
): Promise<Interface | null> {
  await board.exec(PROGRAM);
  const call = py`print(_wwj(${wifi?.ssid ?? null}, ${wifi?.password ?? null}, ${wifi?.country ?? null}, ${joinMs}))`;
  const printed = await withoutSecret(wifi?.password ?? '', () =>
    board.exec(call, { deadlineMs: 2 * joinMs + 10_000 }),
  );
  // The driver attaches the last 2 KiB of traffic to its errors: this pushes the password out of them.
  if (wifi?.password) await board.exec(`# ${'-'.repeat(2100)}`);
  const [result, details] = parseLiteral(printed.trim().split('\n').at(-1) ?? '') as [string, unknown];
  if (result === 'no network module') return null;
  if (result === 'connected') {
    const [address = '', mask = '', gateway] = details as string[];
    return { address, mask, gateway: gateway === undefined || gateway === '0.0.0.0' ? null : gateway };
  }
  if (result === 'no address') {
    const remedy = 'start QEMU with `-nic user,model=open_eth`';
    throw new NetworkError(
      'NOT_CONNECTED',
      `The board's Ethernet (PHY_OPENETH) got no address within ${joinMs / 2000} s; ${remedy}.`,
    );
  }
  if (!wifi) {
    throw new NetworkError(
      'NOT_CONNECTED',
      'The board has a network interface but is not connected; set WIREWRAP_WIFI_SSID and WIREWRAP_WIFI_PASSWORD (empty for an open network).',
    );
  }
  const reason = REASONS[Number(details)] ?? `status ${String(details)}`;
  throw new NetworkError(
    'WIFI_REFUSED',
    `The board could not join the Wi-Fi network '${wifi.ssid}' in ${joinMs / 1000} s: ${reason}.`,
  );
}

/** The call carries the password; an error of the driver holds the call. A new error without it takes its place. */
async function withoutSecret<T>(secret: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (secret === '' || !(error instanceof ReplDriverError)) throw error;
    const clean = new ReplDriverError(error.code, error.message.replaceAll(secret, '[secret]'));
    clean.traffic = '[the board was joining the Wi-Fi; the traffic held its password]';
    throw clean;
  }
}
