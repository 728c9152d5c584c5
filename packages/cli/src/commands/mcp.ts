import type { Command } from '../command.ts';
import { CliError } from '../errors.ts';

/** Milliseconds that one call may take: a whole suite on a chip takes about half an hour. */
const DEADLINE_MS = 3_600_000;

export const mcpCommand: Command = {
  name: 'mcp',
  summary: 'Serve doctor, list, run, compare and explain to an assistant (Model Context Protocol, stdio).',
  options: {
    board: {
      type: 'string',
      placeholder: 'BOARD',
      description: 'Board of every call that names none. Default: that of the commands.',
    },
    'allow-flash': { type: 'boolean', description: 'Offer the tool that writes a firmware to a board, too.' },
  },
  notes: [
    'Needs the package @modelcontextprotocol/sdk, which is not installed with wirewrap.',
    'Each answer is what the command prints as JSON. Leases hold: a board that somebody uses is refused.',
    'Example: wirewrap mcp --board=/dev/ttyUSB0',
    'Exit code: 0 the client has left, 2 bad input.',
  ],
  async run({ values, positionals, env, signal }) {
    if (positionals.length > 0) throw new CliError('BAD_USAGE', 'wirewrap mcp takes options only.');
    const { serveMcp } = await import('../mcp/serve.ts');
    const { readVersion } = await import('../version.ts');
    const board = values.board as string | undefined;
    if (board !== undefined) {
      const { resolveBoards } = await import('../config/board-target.ts');
      await resolveBoards(values, env);
    }
    await serveMcp({
      version: await readVersion(),
      allowFlash: values['allow-flash'] === true,
      board,
      env,
      signal,
      deadlineMs: DEADLINE_MS,
    });
    return 0;
  },
};
