import type { Command } from '../command.ts';
import { JSON_OPTION } from '../config/common-options.ts';
import { formatTable } from '../table.ts';

export const boardsCommand: Command = {
  name: 'boards',
  summary: 'List the serial ports with their boards: USB ids, chip, firmware, who uses them.',
  options: {
    all: { type: 'boolean', description: 'Also ports that are not on USB.' },
    quick: { type: 'boolean', description: 'Do not open the ports to ask for chip and firmware.' },
    json: JSON_OPTION,
  },
  notes: [
    'A port that somebody uses is not opened. Boards of wirewrap.config.ts are listed below the ports.',
    'Example: wirewrap boards --json',
    'Exit code: 0 listed, 2 bad input.',
  ],
  async run({ values, stdout, signal, env }) {
    const { listPorts } = await import('../board/serial-ports.ts');
    const { listBoards } = await import('../board/board-listing.ts');
    const { loadConfig } = await import('../config/load-config.ts');
    const boards = await listBoards(await listPorts(values.all === true), { signal, ask: values.quick !== true });
    const configured = Object.entries((await loadConfig(env)).boards);
    if (values.json) {
      const named = configured.map(([name, { url, tags }]) => ({ name, url, tags: tags ?? [] }));
      stdout.write(`${JSON.stringify({ ports: boards, configured: named }, null, 2)}\n`);
      return 0;
    }
    if (boards.length === 0) stdout.write('No serial port on USB. Plug a board in, or use --board=virtual.\n');
    else {
      const rows = boards.map((board) => [
        board.path,
        [board.usb ?? '-', board.bridge ?? ''].join(' ').trim(),
        board.chip ?? '-',
        board.firmware,
        board.holder ?? 'free',
      ]);
      stdout.write(formatTable(['PORT', 'USB', 'CHIP', 'FIRMWARE', 'USED BY'], rows));
    }
    if (configured.length > 0) {
      const rows = configured.map(([name, { url, tags }]) => [name, url, tags?.join(', ') ?? '']);
      stdout.write(`\n${formatTable(['NAME', 'URL', 'TAGS'], rows)}`);
    }
    return 0;
  },
};
