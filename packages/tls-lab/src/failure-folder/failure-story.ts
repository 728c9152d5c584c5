import type { Handshake } from '../handshake.ts';
import { storyOf } from '../story/story.ts';
import { type Failure, prefix } from './failure.ts';

/** The folder's first page: what failed, what both ends saw, how to look closer and how to do it again by hand. */
export function failureStory(failure: Failure): string {
  const { name, errors, board, handshakes, serialLog } = failure;
  const lines = [`# ${name}`, ''];
  if (board) lines.push(`Board: ${board.machine}, MicroPython ${board.version} (${board.build}).`, '');
  for (const error of errors) lines.push('```', plain(error).trim(), '```', '');
  if (handshakes.length === 0) lines.push('No TLS connection was tried in this test.', '');
  for (const [index, handshake] of handshakes.entries()) {
    lines.push(...handshakeLines(handshake, prefix(failure, index), handshakes.length > 1 ? index + 1 : null));
  }
  if (serialLog !== '') {
    lines.push(
      '## The serial line',
      '',
      '`serial.log`: what the board sent, milliseconds from the start of the test. Of what the host',
      'sent only the sizes are there, because it carries keys.',
      '',
    );
  }
  return lines.join('\n');
}

function handshakeLines(handshake: Handshake, at: string, number: number | null): string[] {
  const { wire } = handshake;
  const lines = [
    `## ${number === null ? 'The connection' : `Connection ${number}`}`,
    '',
    '```',
    storyOf(handshake),
    '```',
    '',
  ];
  if (wire)
    lines.push(
      `- \`${at}capture.pcapng\`: every record; \`tshark -r ${at}capture.pcapng -V\` or Wireshark shows the plain text too.`,
    );
  if (wire?.keyLog) lines.push(`- \`${at}keys.log\`: the key log (NSS format) of this one connection.`);
  lines.push(`- \`${at}certificates/\`: what each end presented; \`openssl x509 -in FILE -noout -text\`.`);
  lines.push(`- \`${at}board.py\`: the board's end by hand. ${byHand(handshake, at)}`, '');
  return lines;
}

function byHand({ role, certificate, run }: Handshake, at: string): string {
  const dtls = run?.protocol?.includes('DTLS') ? ' -dtls' : '';
  const folder = at === '' ? 'in this folder' : `in \`${at}\``;
  if (role === 'server') {
    return `Run it ${folder} (\`micropython board.py\`), then \`openssl s_client${dtls} -connect 127.0.0.1:8443\`.`;
  }
  const server = certificate
    ? `\`openssl s_server${dtls} -accept 8443${dtls === '' ? ' -rev' : ''} -cert_chain certificates/presented.pem -cert certificates/presented.pem -key peer-key.pem\``
    : `a ${dtls === '' ? 'TLS' : 'DTLS'} server on port 8443`;
  return `Start ${server} ${folder}, then \`micropython board.py 127.0.0.1 8443\`; on a board set HOST in it first.`;
}

/** Without the colours of the terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '');
}
