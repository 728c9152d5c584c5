import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { acquireLabgridPlace, findSerialPort } from '../src/kinds/acquire-labgrid-place.ts';
import { startEmulator } from '../src/kinds/start-emulator.ts';

/** Neither program is in Debian's main archive as a whole (no coordinator, no emulator): see the stand-ins' first lines. */
const standIns = join(import.meta.dirname, 'stand-ins');
const emulator = join(standIns, 'esp-emu.mjs');
const labgrid = join(standIns, 'labgrid-client.mjs');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-source-'));
  await writeFile(join(folder, 'firmware.bin'), 'x');
  vi.stubEnv('LABGRID_STATE', folder);
  vi.stubEnv('LABGRID_PLACES', 'desk');
  vi.stubEnv('LABGRID_PORT', '2217');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const readPort = (host: string, port: number) => text(connect({ host, port }));

describe('emu:', () => {
  const place = () => ({ chip: 'esp32c3', firmware: join(folder, 'firmware.bin') });

  test('starts the emulator, opens its serial port, forwards the board port, and stops it', async () => {
    let port: number;
    {
      await using source = await startEmulator(place(), { command: emulator, boardPort: 443 });
      port = source.line.scheme === 'tcp' ? source.line.port : 0;
      const started = JSON.parse((await readPort('127.0.0.1', port)).split('\r\n')[0] ?? '');
      expect(started).toMatchObject({ chip: 'esp32c3', firmware: join(folder, 'firmware.bin') });
      expect(started.net).toMatch(/^user,hostfwd=tcp:127\.0\.0\.1:\d+-:443$/);
      expect(source.network).toMatchObject({
        host: '192.168.4.1',
        boardPort: 443,
        wifi: { ssid: 'myssid', password: 'mypassword' },
      });
      const { host = '', port: forwarded } = source.network?.boardAddress ?? {};
      expect(await readPort(host, Number(forwarded))).toBe('guest');
    }
    await expect(readPort('127.0.0.1', port)).rejects.toThrow('ECONNREFUSED');
  });

  test('a firmware that is not there is refused', async () => {
    const missing = { ...place(), firmware: '/nowhere.bin' };
    const refusal = { code: 'NO_SUCH_PORT', message: expect.stringMatching(/nowhere\.bin.*does not exist/) };
    await expect(startEmulator(missing, { command: emulator })).rejects.toMatchObject(refusal);
  });

  test('tells what the emulator said when it ends', async () => {
    const other = { ...place(), chip: 'esp32p9' };
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringMatching(/exit code 1.*unknown chip 'esp32p9'/) };
    await expect(startEmulator(other, { command: emulator })).rejects.toMatchObject(failure);
  });

  test('says where to get an emulator that is not there', async () => {
    const failure = { code: 'MISSING_TOOL', message: expect.stringContaining('github.com/espressif/esp-emulator') };
    await expect(startEmulator(place(), { command: 'esp-emu-missing' })).rejects.toMatchObject(failure);
  });

  test('gives up at the deadline and stops the emulator', async () => {
    const failure = { code: 'DEADLINE', message: expect.stringContaining('within 50 ms') };
    await expect(startEmulator(place(), { command: emulator, deadlineMs: 50 })).rejects.toMatchObject(failure);
  });
});

describe('labgrid:', () => {
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');

  test('acquires the place, reads its serial port, and releases it', async () => {
    {
      await using source = await acquireLabgridPlace({ place: 'desk' }, { command: labgrid });
      expect(source.line).toEqual({ scheme: 'rfc2217', host: '127.0.0.1', port: 2217, baudRate: 115_200 });
      expect(existsSync(join(folder, 'desk.acquired'))).toBe(true);
    }
    expect(existsSync(join(folder, 'desk.acquired'))).toBe(false);
    expect(await calls()).toEqual(['-p desk acquire', '-p desk env', '-p desk release']);
  });

  test('releases the place when it has no serial port', async () => {
    vi.stubEnv('LABGRID_RESOURCES', '    - NetworkPowerPort:\n        host: x\n');
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringContaining('there is none') };
    await expect(acquireLabgridPlace({ place: 'desk' }, { command: labgrid })).rejects.toMatchObject(failure);
    expect(existsSync(join(folder, 'desk.acquired'))).toBe(false);
  });

  test('an unknown place is named in one sentence', async () => {
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringMatching(/place pattern attic matches nothing/) };
    await expect(acquireLabgridPlace({ place: 'attic' }, { command: labgrid })).rejects.toMatchObject(failure);
  });

  test('a place that another has is busy, and stays with its holder', async () => {
    await writeFile(join(folder, 'desk.acquired'), '');
    const failure = { code: 'PORT_BUSY', message: expect.stringContaining('already acquired by host/ann') };
    await expect(acquireLabgridPlace({ place: 'desk' }, { command: labgrid })).rejects.toMatchObject(failure);
    expect(await calls()).toEqual(['-p desk acquire']);
  });

  test('a coordinator that does not answer is given up at the deadline', async () => {
    vi.stubEnv('LABGRID_HANG', 'acquire');
    const waiting = acquireLabgridPlace({ place: 'desk' }, { command: labgrid, deadlineMs: 500 });
    await expect(waiting).rejects.toMatchObject({ code: 'DEADLINE' });
  });

  test('a place that is acquired after the deadline of a call is given back all the same', async () => {
    vi.stubEnv('LABGRID_ACQUIRE_MS', '6000');
    {
      await using source = await acquireLabgridPlace({ place: 'desk' }, { command: labgrid, deadlineMs: 5_000 });
      expect(source.line).toMatchObject({ port: 2217 });
    }
    expect(existsSync(join(folder, 'desk.acquired'))).toBe(false);
  });

  test('says how to get a labgrid-client that is not there', async () => {
    const failure = { code: 'MISSING_TOOL', message: expect.stringContaining('install labgrid') };
    await expect(acquireLabgridPlace({ place: 'desk' }, { command: 'labgrid-missing' })).rejects.toMatchObject(failure);
  });

  test('a raw exporter is plain TCP', () => {
    const environment =
      'targets:\n  a:\n    resources:\n    - NetworkSerialPort:\n        host: ::1\n        port: 9\n        protocol: raw\n';
    expect(findSerialPort('a', environment)).toEqual({ scheme: 'tcp', host: '::1', port: 9 });
  });
});
