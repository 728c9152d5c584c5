import { DeadlineError, MicroPythonError, ReplDriverError } from '../errors.ts';
import type { Concealer } from './concealer.ts';

/** Takes secrets out of what an error and its causes tell people. What a program itself gave out (`args`, `output`) stays as it is. */
export function concealError(error: ReplDriverError, concealer: Concealer): void {
  const told: Record<string, string | undefined> = { message: error.message, stack: error.stack };
  if (error instanceof DeadlineError) told.cameInstead = error.cameInstead;
  if (error instanceof MicroPythonError) told.traceback = error.traceback;
  for (const [name, text] of Object.entries(told)) {
    const shown = concealer.text(text ?? '');
    if (text !== undefined && shown !== text) Object.defineProperty(error, name, { value: shown });
  }
  if (error.cause instanceof ReplDriverError) concealError(error.cause, concealer);
}
