import { wireStoryOf } from '@wirewrap/tls-lab';
import type { Reproduction } from './reproduce.ts';

const LONG_HEX = /(unhexlify\(")([0-9a-f]{24})[0-9a-f]*("\))/;

/**
 * A reproduction for a terminal: the program, what it printed, what the host saw, and whether the finding is there.
 *
 * @example console.log(formatReproduction(await reproduce(report, { board, network, pki })));
 */
export function formatReproduction({ finding, program, output, ended, wire, shown }: Reproduction): string {
  return [
    'Program',
    indent(program.replace(LONG_HEX, '$1$2…$3').trim()),
    '',
    'The board printed',
    indent(output.trim() || '(nothing)'),
    ...(ended === null ? [] : [indent(ended.how === 'crashed' ? `and crashed: ${ended.text}` : ended.text)]),
    '',
    'The host saw',
    indent(wire === null ? 'no connection' : wireStoryOf(wire)),
    '',
    shown ? `${finding}: this firmware has it.` : `${finding}: not seen on this firmware.`,
    '',
  ].join('\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
