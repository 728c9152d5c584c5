import type { Command, CommandOption } from './command.ts';

/** `wirewrap --help`: the list of commands. */
export function formatHelp(commands: readonly Command[]): string {
  const rows = commands.map((command): [string, string] => [command.name, command.summary]);
  return [
    'wirewrap: how an ESP32 that runs MicroPython really behaves on TLS.',
    '',
    'Usage: wirewrap COMMAND [options]',
    '',
    'Commands:',
    ...formatRows(rows),
    '',
    '`wirewrap COMMAND --help` shows the options of a command, `wirewrap --version` the version.',
    '',
  ].join('\n');
}

/** `wirewrap COMMAND --help`. */
export function formatCommandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]): [string, string] => [
    formatOption(name, option),
    option.description,
  ]);
  rows.push(['--help, -h', 'Show this text.']);
  const usage = ['wirewrap', command.name, command.positionals, '[options]'].filter(Boolean).join(' ');
  return [
    `${command.summary}`,
    '',
    `Usage: ${usage}`,
    '',
    'Options:',
    ...formatRows(rows),
    ...(command.notes ? ['', ...command.notes] : []),
    '',
  ].join('\n');
}

function formatOption(name: string, option: CommandOption): string {
  const long = option.type === 'string' ? `--${name}=${option.placeholder ?? 'VALUE'}` : `--${name}`;
  return option.short ? `${long}, -${option.short}` : long;
}

function formatRows(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
