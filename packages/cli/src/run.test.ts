import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { commands } from './commands.ts';
import { CliError, isExpectedError, sentenceOf } from './errors.ts';
import { run } from './run.ts';

async function wirewrap(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await run(argv, {
    env: {},
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  });
  return { exitCode, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('wirewrap', () => {
  test('--help lists every command with its summary', async () => {
    const { exitCode, stdout } = await wirewrap('--help');
    expect(exitCode).toBe(0);
    for (const load of Object.values(commands)) {
      const command = await load();
      expect(stdout).toContain(command.name);
      expect(stdout).toContain(command.summary);
    }
  });

  test.for(Object.keys(commands))(
    '%s is listed under its own name and has a --help that tells its options',
    async (name) => {
      const command = await commands[name]?.();
      expect(command?.name).toBe(name);
      const { exitCode, stdout } = await wirewrap(name, '--help');
      expect(exitCode).toBe(0);
      for (const [option, { description }] of Object.entries(command?.options ?? {})) {
        expect(stdout).toContain(`--${option}`);
        expect(stdout).toContain(description);
      }
      expect(stdout).toMatch(/Examples?: /);
      expect(stdout).toContain('Exit code');
      // One word for one thing: `--out` is where a file or folder goes, `--json` prints JSON.
      expect(Object.keys(command?.options ?? {})).not.toContain('output');
      expect(command?.options.json?.type ?? 'boolean').toBe('boolean');
    },
  );

  test.for([
    [['nonsense'], "no command 'nonsense'"],
    [['--board=x'], "Name a command before the option '--board=x'"],
    [['prob'], "There is no command 'prob'; did you mean probe?"],
    [['doctr'], 'did you mean doctor?'],
    [['doctor', '--bord=x'], "Unknown option '--bord'; did you mean --board?"],
    [['ls', '--jsn'], 'did you mean --json?'],
    [['ls', '--zzz'], "Unknown option '--zzz'; see `wirewrap ls --help`"],
    [['toString'], "no command 'toString'"],
  ] as const)('%j is one sentence with the remedy, exit code 2', async ([argv, what]) => {
    const { exitCode, stdout, stderr } = await wirewrap(...argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(what);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('--version tells the version', async () => {
    expect(await wirewrap('--version')).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^wirewrap \d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });

  test('without a command prints the help and exit code 2', async () => {
    const { exitCode, stdout } = await wirewrap();
    expect(exitCode).toBe(2);
    expect(stdout).toContain('Usage:');
  });
});

test('what a file or a board put into a message does not drive the terminal', () => {
  expect(sentenceOf(new CliError('BAD_FILE', '\x1b[2Jx.json\n  is not\x07 JSON\n'))).toBe(
    '\ufffd[2Jx.json is not\ufffd JSON',
  );
});

describe('isExpectedError', () => {
  test.for([
    ['an error of ours', new CliError('BAD_USAGE', 'x'), true],
    ['a bug', new TypeError('x is not a function'), false],
    ['an error of Node', Object.assign(new Error('x'), { code: 'ERR_INVALID_ARG_TYPE' }), false],
    ['an error of the system', Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'open' }), false],
    ['no error at all', 'x', false],
  ] as const)('%s', ([, error, expected]) => {
    expect(isExpectedError(error)).toBe(expected);
  });
});
