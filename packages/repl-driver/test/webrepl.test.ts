import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBoard, py, ReplDriverError } from '../src/index.ts';
import { noWebRepl, startWebRepl, type WebReplBoard } from './webrepl-board.ts';

const PASSWORD = 'q7Zx-4kW';
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

describe.skipIf(noWebRepl !== undefined)(
  `MicroPython's own WebREPL${noWebRepl ? ` (skipped: ${noWebRepl})` : ''}`,
  () => {
    let device: WebReplBoard;
    let folder: string;
    const line = (password: string | undefined = PASSWORD) => ({
      scheme: 'ws' as const,
      host: device.host,
      port: device.port,
      ...(password === undefined ? {} : { password }),
    });

    beforeAll(async () => {
      device = await startWebRepl(PASSWORD);
      folder = await mkdtemp(join(tmpdir(), 'wirewrap-webrepl-'));
    });
    afterEach(() => device.idle());
    afterAll(async () => {
      await device?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    test('it is a board like any other: values, output, errors', async () => {
      await using board = await openBoard(line());
      expect(await board.evaluate('6 * 7')).toBe(42);
      expect(await board.exec(py`print('ü', ${'€'.repeat(500)})`)).toBe(`ü ${'€'.repeat(500)}\n`);
      await expect(board.exec('1 / 0')).rejects.toMatchObject({ code: 'PYTHON', type: 'ZeroDivisionError' });
    });

    test('every byte passes both ways, although its frames say that they are text', async () => {
      await using board = await openBoard(line());
      expect(await board.evaluate(py`${EVERY_BYTE}`)).toEqual(EVERY_BYTE);
      expect(await board.evaluate(py`bytes(range(256)) * 40`)).toHaveLength(10_240);
    });

    test('a program that is longer than what it buffers is run', async () => {
      await using board = await openBoard(line());
      const program = [...Array.from({ length: 800 }, (_, index) => `a${index} = ${index}`), 'print(a799)'].join('\n');
      expect(await board.exec(program)).toBe('799\n');
    });

    test('a program that does not end is interrupted, and the board goes on', async () => {
      await using board = await openBoard(line());
      await expect(board.exec('while True: pass', { deadlineMs: 1_500 })).rejects.toMatchObject({ code: 'DEADLINE' });
      expect(await board.evaluate('1 + 1')).toBe(2);
      expect(device.connections()).toBeGreaterThan(0);
    });

    test('a soft reset ends the connection, and it is opened again', async () => {
      await using board = await openBoard(line());
      const before = device.connections();
      await board.exec('kept = 1');
      await board.reset('soft', { deadlineMs: 20_000 });
      await expect(board.evaluate('kept')).rejects.toMatchObject({ code: 'PYTHON', type: 'NameError' });
      expect(device.connections()).toBe(before + 1);
    });

    test('a board that resets under a call is there for the next one', async () => {
      await using board = await openBoard(line());
      const failing = board.exec('import machine\nmachine.soft_reset()');
      await expect(failing).rejects.toMatchObject({ code: expect.stringMatching(/^(BOARD_RESET|TRANSPORT_CLOSED)$/) });
      expect(await board.evaluate('2 + 2', { deadlineMs: 20_000 })).toBe(4);
    });

    test.for([
      ['a wrong password', 'wrong', /refused the password; give the one that webrepl_setup asked for/],
      ['the beginning of the password', PASSWORD.slice(0, 4), /refused the password/],
      ['no password', '', /asks for a password, and none is set: set WIREWRAP_WEBREPL_PASSWORD/],
    ] as const)('%s is told in one sentence that does not say it', async ([, password, message]) => {
      const error = await openBoard(line(password)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toMatchObject({ code: 'NO_PERMISSION', message: expect.stringMatching(message) });
      if (password !== '') expect(String((error as Error).stack)).not.toContain(`"${password}"`);
    });

    test('a second connection is told that somebody has the board', async () => {
      await using _first = await openBoard(line());
      await expect(openBoard(line())).rejects.toMatchObject({
        code: 'PORT_BUSY',
        message: expect.stringMatching(/takes one at a time, so close the other one/),
      });
    });

    test('the password is in no record, no traffic and no error', async () => {
      const record = join(folder, 'session.jsonl');
      const board = await openBoard(line(), { record });
      const heard: Uint8Array[] = [];
      board.onTraffic(({ bytes }) => heard.push(bytes));
      const error = await board.exec(py`raise ValueError(${PASSWORD})`).catch((thrown: unknown) => thrown);
      await board.close();
      expect(error).toBeInstanceOf(ReplDriverError);
      const { message, traffic } = error as ReplDriverError;
      const shown = [await readFile(record, 'utf8'), message, traffic].join('\n');
      expect(shown).not.toContain(PASSWORD);
      expect(shown).not.toContain(Buffer.from(PASSWORD).toString('hex'));
      expect(shown).toContain('ValueError');
      expect(heard.length).toBeGreaterThan(0);
    });
  },
);

test('nobody listens', async () => {
  await expect(openBoard({ scheme: 'ws', host: '127.0.0.1', port: 1, password: 'x' })).rejects.toMatchObject({
    code: 'NO_SUCH_PORT',
    message: expect.stringMatching(
      /^There is no WebREPL at ws:\/\/127\.0\.0\.1:1 \(.*ECONNREFUSED.*\): check its address/,
    ),
  });
});
