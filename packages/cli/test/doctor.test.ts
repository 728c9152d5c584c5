import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { openBoard } from '@wirewrap/repl-driver';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { describe, expect, test } from 'vitest';
import type { NamedResult } from '../src/doctor/examine.ts';
import { wirewrap } from './wirewrap.ts';

async function doctor(...args: string[]) {
  const { exitCode, stdout, stderr } = await wirewrap(['doctor', '--json', ...args]);
  const findings: NamedResult[] = stdout ? JSON.parse(stdout).findings : [];
  const named = Object.fromEntries(findings.map((finding) => [finding.name, finding]));
  return { exitCode, stderr, findings, named };
}

describe('wirewrap doctor', () => {
  test('finds nothing bad on a virtual board, through its port as through any other', async () => {
    await using board = await startVirtualBoard();
    const { exitCode, findings, named } = await doctor(`--board=${board.path}`);
    expect(exitCode).toBe(0);
    expect(findings.filter(({ verdict }) => verdict === 'bad')).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual([
      'port',
      'permission',
      'ModemManager',
      'kernel log',
      'in use',
      'MicroPython',
      'line',
      'reset circuit',
      'heap',
      'ssl',
      'network',
      'board to host',
      'host to board',
      'clock',
    ]);
    expect(named.port?.verdict).toBe('good');
    expect(named.ssl?.detail).toMatch(/module ssl, Mbed TLS \d.*cert_reqs/);
  });

  test('names a file that stands in for the ssl module', async () => {
    await using virtual = await startVirtualBoard();
    await using board = await openBoard(virtual.path);
    await board.files.write('/ssl.py', 'from tls import *\nCERT_REQUIRED = 2\n');
    await board.close();
    const { named } = await doctor(`--board=${virtual.path}`);
    expect(named.ssl).toMatchObject({
      verdict: 'warning',
      detail: expect.stringContaining("the file /ssl.py on the board stands in for the firmware's module"),
    });
  });

  test('stops at a port that is not there, with the remedy', async () => {
    const { exitCode, findings } = await doctor('--board=/dev/ttyNOWHERE');
    expect(exitCode).toBe(1);
    expect(findings).toEqual([
      expect.objectContaining({ name: 'port', verdict: 'bad', remedy: expect.stringContaining('plug the board in') }),
    ]);
  });

  test.for([
    [
      'an under-voltage of this host',
      'hwmon hwmon1: Undervoltage detected!',
      'warning',
      /^under-voltage \(once in the last hour\): hwmon/,
    ],
    ['nothing', 'usb 1-1: new full-speed USB device number 5 using xhci_hcd', 'good', /^no USB error/],
  ] as const)('reads %s in the log of the kernel', async ([, line, verdict, detail]) => {
    const bin = await mkdtemp(join(tmpdir(), 'wirewrap-dmesg-'));
    try {
      const log = `[${uptime().toFixed(6).padStart(12)}] ${line}`;
      await writeFile(join(bin, 'dmesg'), `#!/bin/sh\necho '${log}'\n`, { mode: 0o755 });
      await using board = await startVirtualBoard();
      const env = { PATH: `${bin}:${process.env.PATH}` };
      const { stdout } = await wirewrap(['doctor', '--json', `--board=${board.path}`], env);
      const findings = JSON.parse(stdout).findings as NamedResult[];
      const finding = findings.find(({ name }) => name === 'kernel log');
      expect(finding).toMatchObject({ verdict, detail: expect.stringMatching(detail) });
    } finally {
      await rm(bin, { recursive: true });
    }
  });

  test('names who has the port open', async () => {
    await using board = await startVirtualBoard();
    await using _session = await openBoard(board.path);
    const { exitCode, findings, named } = await doctor(`--board=${board.path}`);
    expect(exitCode).toBe(1);
    expect(named['in use']).toMatchObject({
      verdict: 'bad',
      detail: expect.stringContaining(`process ${process.pid}`),
    });
    expect(findings.at(-1)?.name).toBe('in use');
  });

  test('names the firewall when the board cannot reach the host', async () => {
    // An address of the documentation network (RFC 5737): nothing answers there.
    const { exitCode, named } = await doctor('--board=virtual', '--host=192.0.2.1');
    expect(exitCode).toBe(1);
    expect(named['board to host']).toMatchObject({ verdict: 'bad', remedy: expect.stringContaining('firewall') });
    expect(named['host to board']).toBeUndefined();
  });

  test('names a forwarded port that is missing', async () => {
    const unused = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => unused.once('listening', listening));
    const { port } = unused.address() as { port: number };
    await new Promise((closed) => unused.close(closed));
    const flags = [`--board-address=127.0.0.1:${port}`, '--board-port=39999'];
    const { exitCode, named } = await doctor('--board=virtual', ...flags);
    expect(exitCode).toBe(1);
    const finding = {
      verdict: 'bad',
      detail: expect.stringContaining('port 39999 of the board'),
      remedy: expect.stringContaining('--board-address'),
    };
    expect(named['host to board']).toMatchObject(finding);
  });

  test('names the address that this host does not have', async () => {
    const { exitCode, findings } = await doctor('--board=virtual', '--listen=192.0.2.1');
    expect(exitCode).toBe(1);
    expect(findings.at(-1)).toEqual({
      name: 'board to host',
      verdict: 'bad',
      detail: 'this host cannot listen at 192.0.2.1 (EADDRNOTAVAIL)',
      remedy: expect.stringContaining('--listen'),
      stop: true,
    });
  });

  test.for<[string, Record<string, string>, string, RegExp]>([
    ['--board=tcp://127.0.0.1:1', {}, 'Cannot reach tcp://127.0.0.1:1: nothing listens there', /^start the emulator/],
    ['--board=labgrid:shelf', { PATH: '/nowhere' }, 'There is no labgrid-client on PATH', /^install labgrid/],
    ['--board=virtual', { WIREWRAP_MICROPYTHON: '/nowhere' }, 'WIREWRAP_MICROPYTHON names /nowhere', /^give the path/],
  ])('%s: the remedy is that of the error, not of a board that is silent', async ([board, env, detail, remedy]) => {
    const { exitCode, stdout } = await wirewrap(['doctor', '--json', board], env);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout).findings.at(-1)).toMatchObject({
      name: 'MicroPython',
      verdict: 'bad',
      detail: expect.stringContaining(detail),
      remedy: expect.stringMatching(remedy),
    });
  });

  test.for([
    ['--board=virtual?shape=1.18', /no parameter "shape"/],
    ['--board=emu:esp32c3', /emu:esp32c3\?firmware=FILE/],
    ['--board=labgrid:', /names no place/],
    ['--elf=/nowhere.elf', /Cannot read the ELF \/nowhere\.elf \(ENOENT\)/],
    [`--elf=${import.meta.filename}`, /is no ELF; name the \.elf that the build left/],
    ['--board-port=0', /must be a port from 1 to 65535/],
    ['--listen=desk', /WIREWRAP_LISTEN \(or --listen\) is 'desk'/],
  ] as const)('%s is bad input, not a finding about the board', async ([flag, message]) => {
    const { exitCode, stdout, stderr } = await wirewrap(['doctor', '--json', flag]);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
    expect(stderr.split('\n')).toHaveLength(1);
  });

  test('an unknown scheme is one sentence', async () => {
    const { exitCode, stderr } = await doctor('--board=ftp://x');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('ftp://x') });
  });
});
