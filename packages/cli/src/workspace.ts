import { fileURLToPath } from 'node:url';

/** The repository's root, wherever the command is started from. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
