import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { type Board, py } from '@wirewrap/repl-driver';
import { BoardNetwork, connectFromBoard, readClock } from '@wirewrap/tls-lab';
import { CliError, isBadInput, isExpectedError } from '../errors.ts';
import { bad, type Check, type Examination, good, hopeless, openedBoard, warning } from './check.ts';

/** Decibels-milliwatt below which Wi-Fi gets slow, and handshakes time out. */
const WEAK_SIGNAL = -75;
const CONNECT_MS = 5_000;
/** Seconds of difference that no certificate's dates notice. */
const CLOCK_TOLERANCE = 60;

const FIREWALL_REMEDY =
  'a firewall on this host may be in between (`sudo ufw status`, `sudo nft list ruleset`), or --host names the wrong address';

const LISTEN_REMEDY = '--listen (WIREWRAP_LISTEN) must be an address of this host, as `ip addr` shows them';

const wifi: Check = {
  name: 'network',
  async run(examination) {
    const board = openedBoard(examination);
    try {
      const network = new BoardNetwork(examination.target.network);
      await network.join(board);
      examination.network = network;
    } catch (error) {
      if (!isExpectedError(error) || isBadInput(error)) throw error;
      return hopeless(error.message.replace(/\.$/, ''), remedyOf(error));
    }
    if (!examination.identity?.modules.network) return good("the board uses this host's network");
    const rssi = await readSignal(board);
    const where = `reaches this host at ${examination.network.hostAddress}`;
    if (rssi === null) return good(`connected, ${where}; the firmware does not tell the signal`);
    const text = `connected at ${rssi} dBm, ${where}`;
    return rssi < WEAK_SIGNAL ? warning(text, 'move board and access point closer together') : good(text);
  },
};

function remedyOf(error: { readonly code: string }): string {
  if (error.code === 'HOST_UNREACHABLE') return FIREWALL_REMEDY;
  return 'set WIREWRAP_WIFI_SSID and WIREWRAP_WIFI_PASSWORD, or wifi.local.json (see docs/boards.md)';
}

/** `status('rssi')` of the station; firmwares before 1.18.1 and wired boards have none. */
async function readSignal(board: Board): Promise<number | null> {
  const printed = await board.exec(
    py`
    try:
        import network
        # In QEMU there is no radio, and WLAN() waits for one.
        print('none' if hasattr(network, 'PHY_OPENETH') else network.WLAN(network.STA_IF).status('rssi'))
    except Exception:
        print('none')
    `,
  );
  const rssi = Number(printed.trim());
  return Number.isInteger(rssi) ? rssi : null;
}

const toHost: Check = {
  name: 'board to host',
  async run(examination) {
    const network = joined(examination);
    const board = openedBoard(examination);
    const server = createServer((socket) => socket.on('error', () => {}).end('wirewrap'));
    try {
      await once(server.listen(0, network.listenAddress), 'listening');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return hopeless(`this host cannot listen at ${network.listenAddress} (${code})`, LISTEN_REMEDY);
    }
    try {
      const { port } = server.address() as { port: number };
      const address = network.hostFor(network.listenAddress);
      const failure = await connectFromBoard(board, address, port, CONNECT_MS);
      if (failure === null) return good(`the board connects to ${address}:${port}`);
      return hopeless(`the board cannot connect to ${address}:${port}: ${failure}`, FIREWALL_REMEDY);
    } finally {
      server.close();
    }
  },
};

const toBoard: Check = {
  name: 'host to board',
  async run(examination) {
    const network = joined(examination);
    const board = openedBoard(examination);
    const port = await network.boardPort();
    const { host, port: reachedPort } = network.boardAt(port);
    const at = `${host}:${reachedPort}${reachedPort === port ? '' : ` (port ${port} of the board)`}`;
    await using listening = await board.stream(
      py`
      try:
          import usocket as socket
      except ImportError:
          import socket
      s = socket.socket()
      s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
      s.bind(socket.getaddrinfo(${network.bindAddress}, ${port})[0][-1])
      s.listen(1)
      s.settimeout(${CONNECT_MS / 1000 + 2})
      print('listening')
      try:
          c = s.accept()[0]
          c.send(b'wirewrap')
          c.close()
      except Exception as e:
          print(repr(e))
      s.close()
      `,
      { deadlineMs: CONNECT_MS + 10_000 },
    );
    await listening.waitFor('listening', { deadlineMs: CONNECT_MS });
    const failure = await connectFromHost(host, reachedPort);
    if (failure === null) {
      await listening.finished;
      return good(`this host connects to ${at}`);
    }
    const remedy =
      'the access point may isolate its clients, or a forwarded port is missing: --board-address, --board-port';
    return bad(`this host cannot connect to ${at}: ${failure}`, remedy);
  },
};

function connectFromHost(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS });
    const done = (failure: string | null): void => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('data', () => done(null));
    socket.once('end', () => done('the connection was closed without an answer'));
    socket.once('timeout', () => done(`no answer within ${CONNECT_MS} ms`));
    socket.once('error', (error) => done(error.message));
  });
}

const clock: Check = {
  name: 'clock',
  async run(examination) {
    const skew = Math.round(
      (examination.clock.date().getTime() - (await readClock(openedBoard(examination))).getTime()) / 1000,
    );
    if (Math.abs(skew) <= CLOCK_TOLERANCE) return good(`differs by ${Math.abs(skew)} s from this host's`);
    const direction = skew > 0 ? 'behind' : 'ahead of';
    const text = `${Math.abs(skew)} s ${direction} this host's`;
    return warning(text, 'cases that validate set it from the host; a program of yours must call `ntptime.settime()`');
  },
};

function joined({ network }: Examination): BoardNetwork {
  if (!network) throw new CliError('HOST', 'This check needs the network, and no check before it joined one.');
  return network;
}

export const NETWORK_CHECKS: readonly Check[] = [wifi, toHost, toBoard, clock];
