import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { createPki } from '@wirewrap/certgen';
import { type Board, openBoard, ReplDriverError } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBoardEndpoint } from '../src/board/create-board-endpoint.ts';
import { readClock, setClock, startClock } from '../src/network/board-clock.ts';
import { BoardNetwork } from '../src/network/board-network.ts';
import { connectFromBoard } from '../src/network/connect-from-board.ts';
import { findHostAddress } from '../src/network/host-address.ts';
import { startTlsServer } from '../src/peer/tls-server.ts';
import { cacheFolder, noMicroPython, onVirtualBoard } from './board-lab.ts';

const standIn = readFileSync(new URL('./stand-in-network.py', import.meta.url), 'utf8');
const oldConnect = readFileSync(new URL('./stand-in-old-connect.py', import.meta.url), 'utf8');
const openEth = readFileSync(new URL('./stand-in-openeth.py', import.meta.url), 'utf8');
const secret = 'open sesame';

describe.skipIf(noMicroPython)(`joining by the Ethernet of QEMU ${onVirtualBoard}`, () => {
  async function inQemu<T>(before: string, run: (board: Board) => Promise<T>): Promise<T> {
    await using device = await startVirtualBoard({});
    await using board = await openBoard(device.path);
    await board.exec(openEth);
    if (before) await board.exec(before);
    return await run(board);
  }
  // Its host is 10.0.2.2, which this test cannot be; the settings say so.
  const network = (wifi?: { ssid: string; password: string }) =>
    new BoardNetwork({ host: '10.0.2.2', ...(wifi ? { wifi } : {}) }, { joinMs: 4_000 });

  test.for([
    ['without settings', undefined],
    ['with the settings of a Wi-Fi, which is not there', { ssid: 'lab', password: secret }],
  ] as const)('%s', async ([, wifi]) => {
    await inQemu('', async (board) => {
      const joined = network(wifi);
      await joined.join(board);
      expect(joined.boardAt(443)).toEqual({ host: '10.0.2.15', port: 443 });
      expect(await board.evaluate('LAN.made')).toEqual([{ phy_type: 100, phy_addr: 1 }]);
    });
  });

  test('without a cable is one sentence', async () => {
    await inQemu('LAN.cable = False', async (board) => {
      await expect(network().join(board)).rejects.toMatchObject({
        code: 'NOT_CONNECTED',
        message: expect.stringMatching(/Ethernet \(PHY_OPENETH\) got no address within 2 s; .*open_eth`\.$/),
      });
    });
  });
});

describe.skipIf(noMicroPython)(`joining the network ${onVirtualBoard}`, () => {
  let stack: AsyncDisposableStack;
  let board: Board;
  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    const device = stack.use(await startVirtualBoard({}));
    board = stack.use(await openBoard(device.path));
  });
  afterAll(() => stack?.disposeAsync());
  beforeEach(async () => {
    await board.reset();
    await board.exec(standIn);
  });

  const joined = () => board.evaluate<string | null>('WLAN.joined');

  test('with a password', async () => {
    const network = new BoardNetwork({ wifi: { ssid: 'lab', password: secret } });
    await network.join(board);
    expect(await joined()).toBe('lab');
    expect(network.boardAt(4433)).toEqual({ host: '127.0.0.1', port: 4433 });
    expect(await network.boardPort()).toBeGreaterThan(1024);
  });

  test('an open network: the empty password is not passed', async () => {
    await new BoardNetwork({ wifi: { ssid: 'free', password: '' } }).join(board);
    expect(await board.evaluate('WLAN.calls')).toEqual([1]);
  });

  test('what boot.py connected is used as it is, whatever class it has', async () => {
    await board.exec('class LAN(WLAN):\n def isconnected(self): return True\nnic = LAN(0)');
    await new BoardNetwork({ wifi: { ssid: 'lab', password: secret } }).join(board);
    expect(await joined()).toBeNull();
  });

  test('a wired board does not start the driver of its Wi-Fi, which takes 50 KB', async () => {
    await board.exec(
      'class LAN:\n def ifconfig(self): return WLAN.ifconfig(self)\n def isconnected(self): return True\nnic = LAN()',
    );
    await board.exec('made = []\nWLAN.__init__ = lambda self, interface: made.append(interface)');
    await new BoardNetwork({}).join(board);
    expect(await board.evaluate('made')).toEqual([]);
  });

  test('what boot.py is joining is waited for', async () => {
    await board.exec("import time\nWLAN.active_ = True\nWLAN.joining = (time.ticks_add(time.ticks_ms(), 700), 'home')");
    await new BoardNetwork({}).join(board);
    expect(await joined()).toBe('home');
  });

  test('and given up when it does not come', async () => {
    await board.exec(
      "import time\nWLAN.active_ = True\nWLAN.joining = (time.ticks_add(time.ticks_ms(), 60000), 'gone')",
    );
    await new BoardNetwork({ wifi: { ssid: 'lab', password: secret } }, { joinMs: 1000 }).join(board);
    expect(await joined()).toBe('lab');
  });

  test('a station that is busy still is asked again', async () => {
    await board.exec('WLAN.busy = 3');
    await new BoardNetwork({ wifi: { ssid: 'lab', password: secret } }).join(board);
    expect(await joined()).toBe('lab');
    expect(await board.evaluate('WLAN.calls')).toEqual([2, 2, 2, 2]);
  });

  test('finds by a connection where the board reaches this host', async () => {
    await board.exec('before = list(globals())');
    const network = new BoardNetwork({ wifi: { ssid: 'free', password: '' } });
    await network.join(board);
    expect(network.hostAddress).toBe('127.0.0.1');
    expect(network.listenAddress).toBe('127.0.0.1');
    const taken = await board.evaluate("[n for n in globals() if n[0] != '_' and n not in before]");
    expect(taken, 'names of the user').toEqual(['before']);
  });

  test('a host that the board cannot reach: one sentence that names what was tried', async () => {
    const own = { address: '127.0.0.1', mask: '255.0.0.0', gateway: null };
    // Nothing of ours answers there: the probe listens on another loopback address.
    const candidates = [{ host: '127.0.0.3', listen: '127.0.0.2' }];
    await expect(findHostAddress(board, own, candidates)).rejects.toThrow(
      /cannot connect to this host at 127\.0\.0\.3 \(OSError.*WIREWRAP_HOST/,
    );
  });

  test('an address that swallows every SYN does not keep old firmware from the next one', async () => {
    await board.exec(oldConnect);
    const startedAt = performance.now();
    const failure = await connectFromBoard(board, '127.0.0.1', 9, 500);
    expect(failure).toBe('OSError: no answer within 500 ms');
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('not connected and no settings: one sentence with the remedy', async () => {
    await expect(new BoardNetwork({}).join(board)).rejects.toThrow(/not connected; set WIREWRAP_WIFI_SSID/);
  });

  test('a refused password never shows in the error', async () => {
    const network = new BoardNetwork({ wifi: { ssid: 'lab', password: 'wrong secret' } }, { joinMs: 500 });
    const error = await network.join(board).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 9 })).toMatch(/could not join the Wi-Fi network 'lab'.*no access point/);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('wrong secret');
  });

  test('neither an error while joining nor one after it holds the password', async () => {
    const wifi = { ssid: 'broken', password: secret };
    const during = await new BoardNetwork({ wifi }).join(board).catch((error: unknown) => error);
    expect(during).toBeInstanceOf(ReplDriverError);
    await new BoardNetwork({ wifi: { ...wifi, ssid: 'lab' } }).join(board);
    const after = await board.exec('1 / 0').catch((error: unknown) => error);
    for (const error of [during, after]) {
      expect(inspect(error, { depth: 9 })).not.toContain(secret);
      expect((error as ReplDriverError).traffic).not.toContain(secret);
    }
  });

  test('a case joins again when the network was lost', async () => {
    const network = new BoardNetwork({ wifi: { ssid: 'lab', password: secret } });
    const endpoint = createBoardEndpoint(board, network);
    await using server = await startTlsServer({ certificate: await createPki({ cacheFolder }).certificate('good') });
    expect(await endpoint.connect(server.address, server.port)).toMatchObject({ completed: true });
    await board.exec('WLAN.joined = None');
    expect(await endpoint.connect(server.address, server.port)).toMatchObject({ completed: true });
    expect(await joined()).toBe('lab');
  });

  test('a network that is lost again and again: one sentence', async () => {
    const network = new BoardNetwork({ host: '127.0.0.1', wifi: { ssid: 'lab', password: secret } });
    const endpoint = createBoardEndpoint(board, network);
    await endpoint.ready();
    // Gone when the case asks, there when join asks, gone again.
    await board.exec('asked = [False, True, False]\nWLAN.isconnected = lambda self: asked.pop(0)');
    await expect(endpoint.connect('127.0.0.1', 9)).rejects.toThrow(/lost its network .*wirewrap doctor/);
  });

  test('and after a reset too', async () => {
    const network = new BoardNetwork({ wifi: { ssid: 'lab', password: secret } });
    const endpoint = createBoardEndpoint(board, network);
    await endpoint.ready();
    await board.reset();
    await board.exec(standIn);
    await using server = await startTlsServer({ certificate: await createPki({ cacheFolder }).certificate('good') });
    expect(await endpoint.connect(server.address, server.port)).toMatchObject({ completed: true });
    expect(await joined()).toBe('lab');
  });

  test('the clock of the unix port is the one of the host and cannot be set', async () => {
    expect(Math.abs((await readClock(board)).getTime() - Date.now())).toBeLessThan(5000);
    const setting = await setClock(board, new Date('2030-01-02T03:04:05Z'));
    expect(setting).toMatchObject({ set: false, reason: expect.stringMatching(/cannot set its clock/) });
  });

  test('a clock that was never set is started, a set one is left alone', async () => {
    const fake =
      'import sys, time\nclass Machine: pass\nclass RTC:\n calls = 0\n def datetime(self, t): RTC.calls += 1\nMachine.RTC = RTC\nsys.modules["machine"] = Machine';
    await board.exec(fake);
    await startClock(board);
    expect(await board.evaluate('RTC.calls')).toBe(0);
    await board.exec(
      'class Time:\n gmtime = lambda *a: (2000, 1, 1, 0, 0, 0, 5, 1)\n time = lambda *a: 0\nsys.modules["time"] = sys.modules["utime"] = Time()',
    );
    await startClock(board);
    expect(await board.evaluate('RTC.calls')).toBe(1);
  });

  test('a board with an RTC gets date and time in UTC', async () => {
    const rtc =
      'class RTC:\n def datetime(self, t): RTC.t = t\nclass Machine: pass\nMachine.RTC = RTC\nimport sys\nsys.modules["machine"] = Machine';
    await board.exec(rtc);
    await setClock(board, new Date('2030-01-02T03:04:05Z'));
    expect(await board.evaluate('RTC.t')).toEqual([2030, 1, 2, 2, 3, 4, 5, 0]);
  });
});
