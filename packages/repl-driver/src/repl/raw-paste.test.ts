import { describe, expect, test } from 'vitest';
import { Line } from '../line/line.ts';
import { ReplayTransport } from '../record/replay-transport.ts';
import { Deadline } from '../time/deadline.ts';
import { RawRepl } from './raw-repl.ts';

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');
const host = (text: string) => ({ ms: 0, dir: 'host' as const, hex: hex(text) });
const board = (text: string) => ({ ms: 0, dir: 'board' as const, hex: hex(text) });

/** Too long for one burst into the receive ring. */
const LONG = `x = '${'a'.repeat(300)}'`;
const pieces = [LONG.slice(0, 128), LONG.slice(128, 256), LONG.slice(256)];

describe('boards without raw-paste get the command in pieces', () => {
  test.for<[string, string]>([
    ['it is known but refused', 'R\x00'],
    ['firmware before 1.14 prints its banner', 'raw REPL; CTRL-B to exit\r\n>'],
  ])('%s', async ([, answer]) => {
    const transport = new ReplayTransport('replay:', [
      host('\x05A\x01'),
      board(answer),
      ...pieces.map(host),
      host('\x04'),
      board('OKdone\r\n\x04\x04>'),
      host(`${pieces.join('')}`),
      host('\x04'),
      board('OKagain\r\n\x04\x04>'),
    ]);
    const repl = new RawRepl(new Line(transport));
    await expect(repl.run(LONG, new Deadline(3_000))).resolves.toEqual({ output: 'done\r\n', traceback: '' });
    expect(repl.rawPaste).toBe(false);
    await expect(repl.run(LONG, new Deadline(3_000))).resolves.toEqual({ output: 'again\r\n', traceback: '' });
    expect(transport.finished).toBe(true);
  });
});

test('a raw-paste that the board aborts is answered with 04', async () => {
  const transport = new ReplayTransport('replay:', [
    host('\x05A\x01'),
    board('R\x01\x80\x00\x01'),
    host(LONG.slice(0, 256)),
    board('\x04'),
    host('\x04'),
    board('\x04Traceback (most recent call last):\r\n  File "<stdin>", line 1\r\nSyntaxError: invalid syntax\r\n\x04>'),
  ]);
  const { traceback } = await new RawRepl(new Line(transport)).run(LONG, new Deadline(3_000));
  expect(traceback).toContain('SyntaxError');
  expect(transport.finished).toBe(true);
});

test('a byte that is no window is told as a disturbed line', async () => {
  const transport = new ReplayTransport('replay:', [host('\x05A\x01'), board('R\x01\x80\x00\x07')]);
  await expect(new RawRepl(new Line(transport)).run(LONG, new Deadline(1_000))).rejects.toMatchObject({
    code: 'PROTOCOL',
    message: expect.stringContaining('0x07'),
  });
});

test('what fits into the receive ring goes in one burst, and what the REPL acts on is refused', async () => {
  const transport = new ReplayTransport('replay:', [host('print(1)\x04'), board('OK1\r\n\x04\x04>')]);
  const repl = new RawRepl(new Line(transport));
  await expect(repl.run('print(1)', new Deadline(1_000))).resolves.toEqual({ output: '1\r\n', traceback: '' });
  await expect(repl.run('print("\x03")', new Deadline(1_000))).rejects.toMatchObject({ code: 'BAD_VALUE' });
});
