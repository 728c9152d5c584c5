import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startVirtualBoard, type VirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startBridge, type TcpBridge } from '../../repl-driver/test/tcp-bridge.ts';
import { acquireBoard, parseBoard, prepareBoard } from '../src/index.ts';
import { type LabgridLab, labgridMissing, needsLabgrid, startLabgrid } from './labgrid-lab.ts';

const KILLED_RUN = join(import.meta.dirname, 'labgrid-killed-run.ts');

describe.skipIf(labgridMissing)(`labgrid 26 (skipped where ${needsLabgrid})`, { timeout: 180_000 }, () => {
  let device: VirtualBoard;
  let bridge: TcpBridge;
  let switched: string[];
  let socketStrip: Server;
  let lab: LabgridLab;

  beforeAll(async () => {
    device = await startVirtualBoard();
    bridge = await startBridge(device.path);
    // What a relay board with a web page does: GET /relay/INDEX/0 and /1.
    socketStrip = createServer((request, response) => {
      switched.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(socketStrip, 'listening');
    const { port: relay } = socketStrip.address() as AddressInfo;
    const port = { host: '127.0.0.1', port: Number(new URL(bridge.url).port), protocol: 'raw' };
    const power = { model: 'simplerest', host: `http://127.0.0.1:${relay}/relay/{index}/{value}`, index: 3 };
    lab = await startLabgrid(
      {
        desk: { NetworkSerialPort: port, NetworkPowerPort: power },
        shelf: { NetworkSerialPort: port },
        drawer: { NetworkPowerPort: power },
      },
      { desk: { board: 'esp32', chip: 'c3' }, shelf: { board: 'esp32', chip: 's3' } },
    );
    for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
    switched = [];
  }, 180_000);
  const nothingIsLeft = async (): Promise<void> => {
    expect(await lab.locked()).toEqual([]);
    expect(await lab.reservations()).toEqual([]);
  };
  afterEach(nothingIsLeft, 60_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
    await bridge?.[Symbol.asyncDispose]();
    await device?.close();
    socketStrip?.close();
    vi.unstubAllEnvs();
  });

  test('a place is acquired, its board runs, and the place is given back', async () => {
    await using acquired = await acquireBoard(parseBoard('labgrid:desk'));
    expect(await lab.locked()).toEqual(['desk']);
    expect(await acquired.board.evaluate('6 * 7')).toBe(42);
  });

  test('its power is switched by the driver that labgrid has for it', async () => {
    await using prepared = await prepareBoard(parseBoard('labgrid:desk'));
    const { powerCycle } = prepared;
    if (typeof powerCycle !== 'function') throw new Error('nothing switches the place');
    await powerCycle();
    expect(switched).toEqual(['/relay/3/0', '/relay/3/1']);
  });

  test('a place with no power port is switched by nothing', async () => {
    await using prepared = await prepareBoard(parseBoard('labgrid:shelf'));
    expect(prepared.powerCycle).toBeUndefined();
  });

  test('a place with no serial port is given back, and the sentence names it', async () => {
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringMatching(/'drawer' must export one serial port/) };
    await expect(prepareBoard(parseBoard('labgrid:drawer'))).rejects.toMatchObject(failure);
  });

  test('tags find the place that has them; the next run is told that it is in use', async () => {
    await using prepared = await prepareBoard(parseBoard('labgrid:?board=esp32,chip=s3'));
    expect(await lab.locked()).toEqual(['shelf']);
    expect(prepared.settings.label).toBe('esp32-s3');
    const busy = { code: 'PORT_BUSY', message: expect.stringMatching(/board=esp32, chip=s3 is in use \(shelf\)/) };
    await expect(prepareBoard(parseBoard('labgrid:?board=esp32,chip=s3'))).rejects.toMatchObject(busy);
    await using other = await prepareBoard(parseBoard('labgrid:?board=esp32'));
    expect(other.settings.label).toBe('esp32');
    expect(await lab.locked()).toEqual(['desk', 'shelf']);
  });

  test.for([
    ['labgrid:?board=pico', /No labgrid place has the tags board=pico/],
    ['labgrid:attic', /place pattern attic matches nothing/],
    ['labgrid:+WVKG1GM03A', /token WVKG1GM03A matches nothing/],
  ] as const)('%s is told in one sentence', async ([url, message]) => {
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringMatching(message) };
    await expect(prepareBoard(parseBoard(url))).rejects.toMatchObject(failure);
  });

  test('of two runs that want one place, one has it and the other is told so or waits', async () => {
    const taken = await prepareBoard(parseBoard('labgrid:desk'));
    const busy = { code: 'PORT_BUSY', message: expect.stringMatching(/already acquired place desk/) };
    await expect(prepareBoard(parseBoard('labgrid:desk'))).rejects.toMatchObject(busy);
    const byName = prepareBoard(parseBoard('labgrid:desk'), { wait: true });
    await taken[Symbol.asyncDispose]();
    await using second = await byName;
    expect(await lab.locked()).toEqual(['desk']);
    const byTags = prepareBoard(parseBoard('labgrid:?chip=c3'), { wait: true });
    await second[Symbol.asyncDispose]();
    await using _third = await byTags;
    expect(await lab.locked()).toEqual(['desk']);
  });

  test('who gives up waiting leaves nothing behind', async () => {
    await using _taken = await prepareBoard(parseBoard('labgrid:desk'));
    const waiting = new AbortController();
    const second = prepareBoard(parseBoard('labgrid:?chip=c3'), { wait: true, signal: waiting.signal });
    await vi.waitFor(async () => expect(await lab.reservations()).toHaveLength(1), { timeout: 60_000 });
    waiting.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    await vi.waitFor(async () => expect(await lab.reservations()).toEqual([]), { timeout: 60_000 });
  });

  test('a coordinator that goes in the middle gets its place back when it is there again', async () => {
    const acquired = await acquireBoard(parseBoard('labgrid:desk'));
    // It writes its state a moment after a change.
    await sleep(3_000);
    await lab.stop();
    expect(await acquired.board.evaluate('6 * 7')).toBe(42);
    const told = { code: 'HOST', message: expect.stringMatching(/'desk' is not given back yet: .*did not reach/) };
    await expect(acquired[Symbol.asyncDispose]()).rejects.toMatchObject(told);
    await lab.start();
    await vi.waitFor(nothingIsLeft, { timeout: 60_000, interval: 500 });
  });

  test.for([
    ['labgrid:desk', 'before it asks', 0],
    ['labgrid:desk', 'while it asks', 700],
    ['labgrid:?chip=c3', 'while it reserves', 1_000],
    ['labgrid:?chip=c3', 'when it has the place', null],
  ] as const)('%s: a run that is killed %s leaves no place locked', async ([url, , afterMs]) => {
    const child = spawn(process.execPath, [KILLED_RUN, url], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
    const said = (word: string) =>
      new Promise<void>((resolve) => child.stdout.on('data', (chunk) => String(chunk).includes(word) && resolve()));
    await said(afterMs === null ? 'held' : 'begun');
    await sleep(afterMs ?? 0);
    // Its whole process group: what labgrid-client it runs itself ends, too.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    // Longer than a place takes to be acquired: it must not be locked afterwards either.
    await sleep(4_000);
    await vi.waitFor(nothingIsLeft, { timeout: 60_000, interval: 500 });
  });
});
