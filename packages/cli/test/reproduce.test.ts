import { describe, expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

describe('wirewrap reproduce', () => {
  test.each([
    ['a hole, by what the program prints', 'nothing-validated-by-default', 'connected, to a server whose', 0],
    [
      'a crash, by the crash',
      'crash-cipher-before-handshake',
      'crash-cipher-before-handshake: this firmware has it',
      0,
    ],
    ['a trap, by what the host saw', 'no-close-notify-sent', 'board did not', 0],
    ['a trap of the server role', 'empty-identity-taken-as-none', 'no error before the first client came', 0],
    ['what this firmware does not have', 'dates-unchecked', 'The certificate validity has expired', 1],
  ])('%s', async (_, id, words, code) => {
    const { stdout, exitCode } = await wirewrap(['reproduce', id]);
    expect(stdout).toContain(words);
    expect(exitCode, stdout).toBe(code);
  });

  test('as JSON, without anything of the keys', async () => {
    const { stdout, exitCode } = await wirewrap(['reproduce', 'optional-validates-nothing', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ finding: 'optional-validates-nothing', shown: true, ended: null });
    expect(stdout).not.toMatch(/PRIVATE KEY|CLIENT_RANDOM|_SECRET/);
    expect(exitCode).toBe(0);
  });

  test('without a finding it lists them; a misspelt one is one sentence', async () => {
    const { stdout } = await wirewrap(['reproduce']);
    expect(stdout).toContain('hostname-bypass');
    const { stderr, exitCode } = await wirewrap(['reproduce', 'hostname-bypas']);
    expect(stderr).toBe("wirewrap: There is no finding 'hostname-bypas'; did you mean hostname-bypass?");
    expect(exitCode).toBe(2);
  });
});
