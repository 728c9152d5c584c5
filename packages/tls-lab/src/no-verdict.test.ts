import { describe, expect, test } from 'vitest';
import { boardError } from './board/board-error.ts';
import type { BoardError, BoardOutcome } from './board/board-outcome.ts';
import type { Handshake } from './handshake.ts';
import { noVerdict, withoutConnection } from './no-verdict.ts';

function outcome(step: string, error: BoardError | null, crash: string | null = null): BoardOutcome {
  const more = { completed: false, steps: [], wrapMs: 0, heapBefore: null, heapAfter: null };
  return { role: 'client', wrap: { step, value: null, error, ms: 5 }, error, crash, ...more };
}

const handshake = (board: BoardOutcome, hostError: string | null = null): Handshake => ({
  role: board.role,
  board,
  wire: null,
  certificate: null,
  hostError,
});

describe('a connection that says nothing of TLS', () => {
  const unreachable = boardError('OSError', [118]);
  test.for<[what: string, board: BoardOutcome, hostError: string | null, says: string | null]>([
    [
      'no route',
      outcome('connect', unreachable),
      null,
      'the board got no TCP connection (OSError(118) EHOSTUNREACH in connect)',
    ],
    [
      'nobody came',
      outcome('accept', boardError('OSError', [116])),
      'The host could not connect.',
      'the board got no TCP connection (OSError(116) ETIMEDOUT in accept): The host could not connect.',
    ],
    ['TLS failed', outcome('wrap', boardError('OSError', [-29312])), null, null],
    ['it crashed', outcome('connect', null, 'Guru Meditation'), null, null],
    ['all is well', outcome('wrap', null), null, null],
  ])('%s', ([, board, hostError, says]) => {
    expect(withoutConnection(handshake(board, hostError))).toBe(says);
  });

  test.for<[what: string, board: BoardOutcome, says: string | null]>([
    [
      'no connection',
      outcome('connect', unreachable),
      'the board got no TCP connection (OSError(118) EHOSTUNREACH in connect)',
    ],
    [
      'no memory',
      outcome('wrap', boardError('OSError', [12])),
      'the board was out of memory (OSError(12) ENOMEM in wrap)',
    ],
    [
      'no supply',
      { ...outcome('wrap', null, 'The board panicked.'), resetCause: 'brown-out' },
      'the supply of the board broke down (brown-out)',
    ],
    ['a panic', { ...outcome('wrap', null, 'Guru Meditation Error'), resetCause: 'panic' }, null],
    ['a program that speaks of one', outcome('wrap', null, 'brown-out'), null],
    ['a refusal', outcome('wrap', boardError('ValueError', ['expired'])), null],
  ])('no verdict of %s', ([, board, says]) => {
    expect(noVerdict(handshake(board))).toBe(says);
  });
});
