/** The root of this package's errors. Nothing can be said, neither for `expect` nor for `.not`: such a matcher must fail either way. */
export class CannotJudge extends Error {
  /** Stable code of what kept the board from showing anything; null where the expectation itself is at fault. */
  readonly code: 'NOT_CONNECTED' | 'BOARD_RESET' | 'OUT_OF_MEMORY' | null;

  constructor(message: string, code: CannotJudge['code'] = null) {
    super(message);
    this.name = 'CannotJudge';
    this.code = code;
  }
}
