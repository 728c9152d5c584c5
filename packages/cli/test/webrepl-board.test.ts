import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noWebRepl, startWebRepl, type WebReplBoard } from '../../repl-driver/test/webrepl-board.ts';
import { wirewrap } from './wirewrap.ts';

const PASSWORD = 'q7Zx-4kW';

describe.skipIf(noWebRepl !== undefined)(`--board=ws://…${noWebRepl ? ` (skipped: ${noWebRepl})` : ''}`, () => {
  let device: WebReplBoard;
  const run = (password: string, ...words: string[]) =>
    wirewrap([...words, `--board=ws://${device.host}:${device.port}`], {
      NODE_DEBUG: 'wirewrap:*',
      WIREWRAP_WEBREPL_PASSWORD: password,
    });

  beforeAll(async () => {
    device = await startWebRepl(PASSWORD);
  });
  afterEach(() => device.idle());
  afterAll(() => device?.[Symbol.asyncDispose]());

  test('a program runs on it, and no log of ours holds the password', async () => {
    const { exitCode, stdout, stderr } = await run(PASSWORD, 'exec', 'print(6 * 7)');
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: '42' });
    expect(stderr).toMatch(/WIREWRAP:BOARDS \d+: ws:\/\/127\.0\.0\.1:\d+ is at ws:\/\/127\.0\.0\.1:\d+/);
    expect(stderr).not.toContain(PASSWORD);
  });

  test.for([
    ['no password', '', /asks for a password, and none is set: set WIREWRAP_WEBREPL_PASSWORD/],
    ['a wrong one', 'no-such', /refused the password/],
  ] as const)('%s: one sentence with exit code 2', async ([, password, message]) => {
    const { exitCode, stderr } = await run(password, 'exec', 'print(6 * 7)');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
    expect(stderr).not.toContain('no-such');
  });
});
