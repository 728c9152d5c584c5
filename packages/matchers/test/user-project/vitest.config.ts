import { defineConfig } from 'vitest/config';

/** As a user's own project has it: nothing of Wirewrap in it. */
export default defineConfig({ test: { include: ['**/*.spec.ts'] } });
