import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SoakRecord } from '../src/soak/soak-record.ts';
import { cleanEnvironment, wirewrap } from './wirewrap.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-soak-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const readRecord = async (file: string): Promise<SoakRecord> => JSON.parse(await readFile(file, 'utf8'));

const command = fileURLToPath(new URL('../bin/wirewrap.mjs', import.meta.url));

/** Starts a soak of hours and resolves when its first record with so many readings is there. */
async function startSoak(out: string, readings: number, args: readonly string[] = []) {
  const argv = [command, 'soak', '--for=2h', '--every=1s', `--out=${out}`, ...args];
  const child = spawn(process.execPath, argv, { env: cleanEnvironment(), stdio: 'ignore' });
  const ended = once(child, 'exit');
  for (;;) {
    if (existsSync(out) && (await readRecord(out)).readings.length >= readings) return { child, ended };
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, 200)),
      ended.then(([code]) => {
        throw new Error(`the soak ended with ${code} before its record was there`);
      }),
    ]);
  }
}

describe('wirewrap soak', () => {
  test('connects as client and server, and leaves a record and a page', async () => {
    const out = join(folder, 'both.json');
    const { exitCode, stdout } = await wirewrap(['soak', '--for=6s', '--every=0.5s', `--out=${out}`]);
    expect(stdout).toMatch(/^Held for \d+ s: \d+ connections, no error, no reset, /m);
    expect(exitCode).toBe(0);
    const record = await readRecord(out);
    expect(record).toMatchObject({ schema: 'wirewrap.soak/1', end: 'complete', problems: [], resets: [], errors: [] });
    expect(record.connections.client.done).toBeGreaterThan(0);
    expect(record.connections.server.done).toBeGreaterThan(0);
    expect(record.readings.at(-1)).toMatchObject({ freeHeap: expect.any(Number), socket: expect.any(Number) });
    const page = await readFile(join(folder, 'both.html'), 'utf8');
    expect(page).toContain('<path class="line"');
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a board that crashes is told, and the soak goes on', async () => {
    await using board = await startVirtualBoard();
    const out = join(folder, 'crash.json');
    const { child, ended } = await startSoak(out, 2, ['--role=client', `--board=${board.path}`]);
    await board.crash();
    const before = (await readRecord(out)).readings.length;
    while ((await readRecord(out)).readings.length < before + 4)
      await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
    const record = await readRecord(out);
    expect(record.resets.length).toBeGreaterThan(0);
    expect(record.problems).toContain('the board reset once');
    // It connects and is read again in its second life.
    expect(record.readings.at(-1)?.resets).toBe(record.resets.length);
    expect(record.end).toBe('interrupted');
  });

  test('nothing but the last reading is lost when the process is killed', async () => {
    const out = join(folder, 'killed.json');
    const { child, ended } = await startSoak(out, 2);
    child.kill('SIGKILL');
    await ended;
    const record = await readRecord(out);
    expect(record.end).toBe('running');
    expect(record.readings.length).toBeGreaterThanOrEqual(2);
    expect(await readFile(join(folder, 'killed.html'), 'utf8')).toContain('</html>');
  });

  test('connections that fail are counted, told and give exit code 1', async () => {
    const out = join(folder, 'failing.json');
    const asked = ['soak', '--for=3s', '--role=client', `--out=${out}`, '--board=virtual?nomemory=200-'];
    const { exitCode, stdout } = await wirewrap(asked);
    expect(stdout).toMatch(/^failed after \d+ s, as client: /m);
    expect(stdout).toMatch(/^Did not hold, \d+ s: .*\d+ of \d+ connections failed/m);
    expect(exitCode).toBe(1);
    const { connections, errors } = await readRecord(out);
    expect(connections.client.failed).toBeGreaterThan(0);
    expect(errors[0]).toMatchObject({ role: 'client', connection: expect.any(Number) });
  });

  test.for([
    ['--for=soon', /--for=soon is no length of time/],
    ['--every=0s', /--every=0s is no length of time/],
    ['--every=2h', /--every=2h is longer than the soak \(--for=10m\)/],
    ['--role=both-of-them', /--role=both-of-them is no role/],
    ['--out=package.json/soak.json', /Cannot write/],
  ] as const)('%s is one sentence', async ([option, message]) => {
    const { exitCode, stderr } = await wirewrap(['soak', option]);
    expect({ exitCode, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, lines: 1 });
    expect(stderr).toMatch(message);
  });
});
