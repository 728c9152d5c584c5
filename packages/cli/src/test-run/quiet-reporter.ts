import { DefaultReporter, type TestModule } from 'vitest/node';

/**
 * vitest's own reporter for a terminal whose last line shows the progress: a file is worth lines when something in it
 * failed. vitest's live summary stays off: it would draw over that line, and replaces the terminal's `write` for it.
 */
export class QuietReporter extends DefaultReporter {
  constructor() {
    super({ summary: false });
  }

  override onTestModuleEnd(module: TestModule): void {
    if (module.state() === 'failed') super.onTestModuleEnd(module);
  }
}
