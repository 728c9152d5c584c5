import { type BoardError, formatBoardError, type Handshake } from '@wirewrap/tls-lab';
import { ending } from './completing.ts';
import { type Judgement, requireConnection } from './judgement.ts';
import { fits, show } from './names.ts';

/** What the exception on the board must be. Every field may be left out; a list means one of them. */
export interface BoardFailure {
  readonly type?: string | RegExp | readonly string[];
  readonly errno?: number | null | readonly number[];
  readonly errnoName?: string | RegExp | null | readonly string[];
  /** Text of the exception's string arguments: a part of it, or a pattern. */
  readonly message?: string | RegExp;
  readonly args?: unknown;
  /** Where it was raised: `wrap`, `read`, …; a `python` step by its name. */
  readonly step?: string | RegExp;
}

/** A class or errno name or a part of the text; an errno; a pattern; the fields. */
export type ExpectedFailure = string | number | RegExp | BoardFailure;

type Equals = (a: unknown, b: unknown) => boolean;

export function judgeFailOnBoard(
  handshake: Handshake,
  equals: Equals,
  wanted?: ExpectedFailure,
  message?: string | RegExp,
): Judgement {
  const { board } = handshake;
  const expectation = message === undefined ? wanted : { type: String(wanted), message };
  if (!namesCause(expectation) && !namesMemory(expectation)) requireConnection(handshake);
  const failed = board.error !== null || board.crash !== null;
  const step = [board.wrap, ...board.steps].find(({ error }) => error)?.step ?? null;
  return {
    pass: expectation === undefined ? failed : board.error !== null && matches(board.error, step, expectation, equals),
    expected: `fail on the board${expectation === undefined ? '' : ` with ${show(expectation)}`}`,
    actual: ending(handshake),
  };
}

/** Whether it is about an error of the socket: an errno, its name, a pattern over both, or the step. */
function namesCause(wanted: ExpectedFailure | undefined): boolean {
  if (typeof wanted === 'object' && !(wanted instanceof RegExp)) {
    return [wanted.errno, wanted.errnoName, wanted.args, wanted.step].some((field) => field !== undefined);
  }
  return typeof wanted === 'string' ? /^E[A-Z]+$/.test(wanted) : wanted !== undefined;
}

function namesMemory(wanted: ExpectedFailure | undefined): boolean {
  const type = typeof wanted === 'object' && !(wanted instanceof RegExp) ? wanted.type : wanted;
  return type === 'MemoryError';
}

function matches(error: BoardError, step: string | null, wanted: ExpectedFailure, equals: Equals): boolean {
  if (typeof wanted === 'number') return error.errno === wanted;
  if (typeof wanted === 'string') {
    return error.type === wanted || error.errnoName === wanted || textOf(error).includes(wanted);
  }
  if (wanted instanceof RegExp) return fits(`${formatBoardError(error)}\n${textOf(error)}`, wanted, equals);
  const one = (actual: unknown, field: unknown) =>
    field === undefined ||
    (Array.isArray(field) ? field.some((item) => fits(actual, item, equals)) : fits(actual, field, equals));
  const message = wanted.message;
  return (
    one(error.type, wanted.type) &&
    one(error.errno, wanted.errno) &&
    one(error.errnoName, wanted.errnoName) &&
    one(step, wanted.step) &&
    (wanted.args === undefined || equals(error.args, wanted.args)) &&
    (message === undefined ||
      (typeof message === 'string' ? textOf(error).includes(message) : fits(textOf(error), message, equals)))
  );
}

function textOf({ args }: BoardError): string {
  return args.filter((arg) => typeof arg === 'string').join('\n');
}
