import { ReplDriverError } from '@wirewrap/repl-driver';
import { describe, expect, test } from 'vitest';
import { CliError } from '../errors.ts';
import { exitCodeOfError, mayRetry } from './exit-codes.ts';

describe('exitCodeOfError', () => {
  test.for([
    ['a port that went away', new ReplDriverError('NO_SUCH_PORT', 'x'), 4],
    ['a port that is busy', new ReplDriverError('PORT_BUSY', 'x'), 4],
    ['a board that hangs', new ReplDriverError('DEADLINE', 'x'), 4],
    ['a board that panics', new ReplDriverError('BOARD_PANIC', 'x'), 4],
    ['a board without ssl', new CliError('NO_SSL', 'x'), 3],
    ['a tool that is missing', new CliError('MISSING_TOOL', 'x'), 5],
    ['a disk that is full', Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' }), 5],
    ['a firmware for another chip', new CliError('BAD_FILE', 'x'), 2],
    ['a wrong URL', new ReplDriverError('BAD_URL', 'x'), 2],
  ] as const)('%s', ([, error, exitCode]) => {
    expect(exitCodeOfError(error)).toBe(exitCode);
  });

  test('a bug of ours is no class of failure', () => {
    expect(() => exitCodeOfError(new TypeError('x is not a function'))).toThrow(TypeError);
  });

  test('only board and line are retried', () => {
    expect([0, 1, 2, 3, 4, 5].filter(mayRetry)).toEqual([4]);
  });
});
