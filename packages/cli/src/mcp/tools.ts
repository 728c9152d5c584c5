import type { McpTool, ToolArgument, ToolValues } from './mcp-tool.ts';

const BOARD: ToolArgument = {
  type: 'string',
  description:
    'URL or name of the board, such as /dev/ttyUSB0 or virtual. Default: the board that the server was started with.',
};

function option(name: string, value: ToolValues[string]): string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [`--${name}`];
  return [value].flat().map((text) => `--${name}=${String(text)}`);
}

function options(values: ToolValues, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([argument, name]) => option(name, values[argument]));
}

function positionals(...values: readonly ToolValues[string][]): string[] {
  return values.flatMap((value) => (typeof value === 'string' ? [value] : []));
}

const SELECTION = {
  cases: { type: 'strings', description: 'Case names; * stands for any text, as in client/required/*.' },
  claims: { type: 'strings', description: 'Ids of claims: the cases that decide them.' },
  findings: { type: 'strings', description: 'Ids of findings: the cases that show them.' },
} as const satisfies Record<string, ToolArgument>;

const SELECTION_OPTIONS = { cases: 'case', claims: 'claim', findings: 'finding' } as const;

/** What an assistant may ask, a command each; the answer is what the command prints as JSON. */
export const TOOLS: readonly McpTool[] = [
  {
    name: 'boards',
    description: 'Lists the serial ports of this machine with their boards, and the boards of wirewrap.config.ts.',
    arguments: {
      ask: { type: 'boolean', description: 'Open free ports to ask for chip and firmware. Default: false.' },
    },
    commandLine: ({ ask }) => ['boards', '--json', ...(ask === true ? [] : ['--quick'])],
  },
  {
    name: 'doctor',
    description: 'Checks everything between this host and a board, from the port to the clock. Resets the board.',
    arguments: { board: BOARD },
    commandLine: (values) => ['doctor', '--json', ...options(values, { board: 'board' })],
  },
  {
    name: 'list_cases',
    description: 'Lists the cases that a run would ask, with the claims and findings that they decide. Runs nothing.',
    arguments: SELECTION,
    commandLine: (values) => ['test', '--list', '--json', ...options(values, SELECTION_OPTIONS)],
  },
  {
    name: 'run_cases',
    description:
      'Runs the picked cases on a board and answers with the run record: observations, verdicts of the claims, what was lost. A case takes about 0.1 s on the virtual board and 1 s on an ESP32.',
    arguments: { ...SELECTION, board: BOARD },
    commandLine: (values) => ['test', ...options(values, { ...SELECTION_OPTIONS, board: 'board' })],
    resultFile: (stdout) => /^Record: (.+)$/m.exec(stdout)?.[1] ?? null,
  },
  {
    name: 'compare',
    description: 'Compares two run records or baselines: observations that changed, appeared or vanished.',
    arguments: {
      before: { type: 'string', description: 'File of the older record.', required: true },
      after: { type: 'string', description: 'File of the newer record.', required: true },
      common: { type: 'boolean', description: 'Compare only cases that both records hold. Default: false.' },
    },
    commandLine: (values) => [
      'compare',
      '--format=json',
      ...options(values, { common: 'common' }),
      ...positionals(values.before, values.after),
    ],
  },
  {
    name: 'explain_case',
    description:
      'Explains one case of a run, a failed one above all: what was posed, what a careful peer does, what the board did, the verdicts, both ends of the handshake, whose fault a failure is.',
    arguments: {
      case: { type: 'string', description: 'Name of the case.', required: true },
      record: { type: 'string', description: 'File of a run record. Default: the newest one that asked the case.' },
    },
    commandLine: (values) => ['explain', '--json', ...positionals(values.case, values.record)],
  },
  {
    name: 'flash',
    flashes: true,
    description:
      'Writes a firmware to a board and checks that the board reports its version. Give firmware or version.',
    arguments: {
      board: { ...BOARD, required: true },
      firmware: { type: 'string', description: 'A .bin file with bootloader and partition table.' },
      version: { type: 'string', description: 'A version, such as 1.26.1, whose file is looked for in `from`.' },
      from: { type: 'string', description: 'Folder with firmwares. Default: WIREWRAP_FIRMWARES, else ./firmwares.' },
      erase: { type: 'boolean', description: 'Erase the whole flash first, files included. Default: false.' },
    },
    commandLine: (values) => [
      'flash',
      ...options(values, { board: 'board', firmware: 'firmware', from: 'from', erase: 'erase' }),
      ...positionals(values.version),
    ],
  },
];
