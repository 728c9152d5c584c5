import { parseBoard } from '@wirewrap/boards';
import { defineConfig } from 'vitest/config';

/** A board at the end of a line, without a power cycle, that gets little time to answer. */
const wirewrapBoardSettings = parseBoard(process.env.SILENT_BOARD ?? '', { answerMs: 300, resetMs: 2_500 });

export default defineConfig({
  test: { include: ['ends/given-up.spec.ts'], provide: { wirewrapBoardSettings } },
});
