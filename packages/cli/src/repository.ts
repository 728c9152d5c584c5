import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, wherever the command is started from. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** Where records and reports go: `results/` at the root of the repository, or WIREWRAP_RESULTS. */
export const resultsFolder = resolve(process.env.WIREWRAP_RESULTS || join(workspaceRoot, 'results'));
