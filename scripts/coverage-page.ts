import { writeFile } from 'node:fs/promises';
import { coveragePage } from '../packages/conformance/src/coverage/coverage-page.ts';

// node packages/cli/bin/run.mjs scripts/coverage-page.ts: brings docs/coverage.md up to date with its data.
await writeFile(new URL('../docs/coverage.md', import.meta.url), coveragePage());
