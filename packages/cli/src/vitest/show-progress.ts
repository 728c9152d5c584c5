import { Console } from 'node:console';
import type { Vitest } from 'vitest/node';
import { ProgressReporter } from '../test-run/progress-reporter.ts';
import { QuietReporter } from '../test-run/quiet-reporter.ts';
import { canErase, StatusLine } from '../test-run/status-line.ts';

/**
 * At a terminal puts our line of progress in the place of vitest's default reporter, whose window would draw over it and
 * over what boards say. Reporters that were asked for stay. Resolves with the line to write by.
 */
export function showProgress({ config, logger }: Vitest): StatusLine {
  const reporters = config.reporters as unknown[];
  const place = reporters.findIndex((reporter) => Array.isArray(reporter) && reporter[0] === 'default');
  const live = canErase(process.stdout, process.env) && place >= 0 && reporters.length === 1;
  const line = new StatusLine(process.stdout, { live });
  if (!live) return line;
  // The progress ends its line before the other tells how the run ended.
  reporters.splice(place, 1, new ProgressReporter(line).reporter('tests'), new QuietReporter());
  logger.outputStream = line.stream;
  logger.console = new Console({ stdout: line.stream, stderr: logger.errorStream });
  return line;
}
