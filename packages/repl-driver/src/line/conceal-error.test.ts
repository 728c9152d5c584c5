import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DeadlineError, ReplDriverError } from '../errors.ts';
import { raisedError } from '../python/raised.ts';
import { concealError } from './conceal-error.ts';
import { Concealer } from './concealer.ts';

test.for([
  ['a deadline', () => new DeadlineError({ waitedFor: 'an answer', waitedMs: 1, cameInstead: '"hunter2"' })],
  ['an exception', () => raisedError({ traceback: 'Traceback (most recent call last):\nKeyError: hunter2', args: [] })],
] as const)('no secret is told, also where an error is the cause of another: %s', ([, make]) => {
  for (const error of [make(), new ReplDriverError('PROTOCOL', 'It failed.', { cause: make() })]) {
    concealError(error, new Concealer(['hunter2']));
    expect(inspect(error)).toContain('(secret)');
    expect(inspect(error)).not.toContain('hunter2');
  }
});
