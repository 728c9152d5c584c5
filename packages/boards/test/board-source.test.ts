import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startEmulatorSource } from '../src/source/emulator-source.ts';
import { acquireLabgridSource, findSerialPort } from '../src/source/labgrid-source.ts';

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
  const url = () => `emu:esp32c3?firmware=${join(folder, 'firmware.bin')}`;

  test('starts the emulator, opens its serial port, forwards the board port, and stops it', async () => {
    let port: number;
    {
      await using source = await startEmulatorSource(url(), { command: emulator, boardPort: 443 });
      port = Number(new URL(source.url).port);
      const started = JSON.parse((await readPort('127.0.0.1', port)).split('\r\n')[0] ?? '');
      expect(started).toMatchObject({ chip: 'esp32c3', firmware: join(folder, 'firmware.bin') });
      expect(started.net).toMatch(/^user,hostfwd=tcp:127\.0\.0\.1:\d+-:443$/);
      expect(source.env).toMatchObject({
        WIREWRAP_HOST: '192.168.4.1',
        WIREWRAP_BOARD_PORT: '443',
        WIREWRAP_WIFI_SSID: 'myssid',
        WIREWRAP_WIFI_PASSWORD: 'mypassword',
      });
      const [host = '', forwarded] = (source.env.WIREWRAP_BOARD_ADDRESS ?? '').split(':');
      expect(await readPort(host, Number(forwarded))).toBe('guest');
    }
    await expect(readPort('127.0.0.1', port)).rejects.toThrow('ECONNREFUSED');
  });

  test.for([
    ['no firmware', 'emu:esp32c3', 'BAD_URL', /emu:esp32c3\?firmware=FILE/],
    ['an unknown parameter', 'emu:esp32c3?firmware=a&frimware=b', 'BAD_URL', /'frimware'/],
    [
      'a firmware that is not there',
      'emu:esp32c3?firmware=/nowhere.bin',
      'NO_SUCH_PORT',
      /nowhere\.bin.*does not exist/,
    ],
  ] as const)('%s is refused', async ([, bad, code, message]) => {
    const refusal = { code, message: expect.stringMatching(message) };
    await expect(startEmulatorSource(bad, { command: emulator })).rejects.toMatchObject(refusal);
  });

  test('tells what the emulator said when it ends', async () => {
    const other = url().replace('esp32c3', 'esp32p9');
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringMatching(/exit code 1.*unknown chip 'esp32p9'/) };
    await expect(startEmulatorSource(other, { command: emulator })).rejects.toMatchObject(failure);
  });

  test('says where to get an emulator that is not there', async () => {
    const failure = { code: 'MISSING_TOOL', message: expect.stringContaining('github.com/espressif/esp-emulator') };
    await expect(startEmulatorSource(url(), { command: 'esp-emu-missing' })).rejects.toMatchObject(failure);
  });

  test('gives up at the deadline and stops the emulator', async () => {
    const failure = { code: 'DEADLINE', message: expect.stringContaining('within 50 ms') };
    await expect(startEmulatorSource(url(), { command: emulator, deadlineMs: 50 })).rejects.toMatchObject(failure);
  });
});

describe('labgrid:', () => {
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n');

  test('acquires the place, reads its serial port, and releases it', async () => {
    {
      await using source = await acquireLabgridSource('labgrid:desk', { command: labgrid });
      expect(source.url).toBe('rfc2217://127.0.0.1:2217?baud=115200');
      expect(existsSync(join(folder, 'desk.acquired'))).toBe(true);
    }
    expect(existsSync(join(folder, 'desk.acquired'))).toBe(false);
    expect(await calls()).toEqual(['-p desk acquire', '-p desk env', '-p desk release']);
  });

  test('releases the place when it has no serial port', async () => {
    vi.stubEnv('LABGRID_RESOURCES', '    - NetworkPowerPort:\n        host: x\n');
    const failure = { code: 'NO_SUCH_PORT', message: expect.stringContaining('there is none') };
    await expect(acquireLabgridSource('labgrid:desk', { command: labgrid })).rejects.toMatchObject(failure);
    expect(existsSync(join(folder, 'desk.acquired'))).toBe(false);
  });

  test.for([
    ['an unknown place', 'labgrid:attic', 'NO_SUCH_PORT', /place pattern attic matches nothing/],
    ['no place', 'labgrid:', 'BAD_URL', /labgrid:PLACE/],
  ] as const)('%s is told in one sentence', async ([, url, code, message]) => {
    const failure = { code, message: expect.stringMatching(message) };
    await expect(acquireLabgridSource(url, { command: labgrid })).rejects.toMatchObject(failure);
  });

  test('a place that another has is busy, and stays with its holder', async () => {
    await writeFile(join(folder, 'desk.acquired'), '');
    const failure = { code: 'PORT_BUSY', message: expect.stringContaining('already acquired by host/ann') };
    await expect(acquireLabgridSource('labgrid:desk', { command: labgrid })).rejects.toMatchObject(failure);
    expect(await calls()).toEqual(['-p desk acquire']);
  });

  test('a coordinator that does not answer is given up at the deadline', async () => {
    vi.stubEnv('LABGRID_HANG', 'acquire');
    const waiting = acquireLabgridSource('labgrid:desk', { command: labgrid, deadlineMs: 500 });
    await expect(waiting).rejects.toMatchObject({ code: 'DEADLINE' });
  });

  test('says how to get a labgrid-client that is not there', async () => {
    const failure = { code: 'MISSING_TOOL', message: expect.stringContaining('install labgrid') };
    await expect(acquireLabgridSource('labgrid:desk', { command: 'labgrid-missing' })).rejects.toMatchObject(failure);
  });

  test('a raw exporter is plain TCP', () => {
    const environment =
      'targets:\n  a:\n    resources:\n    - NetworkSerialPort:\n        host: ::1\n        port: 9\n        protocol: raw\n';
    expect(findSerialPort('a', environment)).toBe('tcp://[::1]:9');
  });
});
