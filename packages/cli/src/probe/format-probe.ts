import { formatTable } from '../table.ts';
import type { Grade, Mark, Subject } from './judge/judgement.ts';
import type { HandshakeCost, ProbeReport, RoleReport } from './probe-report.ts';

/** Capitals for what must not be read over. */
const MARKS: Readonly<Record<Mark, string>> = { bad: 'BAD ', weak: 'weak', good: 'good' };
/** Names that are shown of those with the same mark and reason. */
const SHOWN_NAMES = 3;

const PLURALS: Readonly<Record<Subject, string>> = {
  version: 'versions',
  'cipher suite': 'cipher suites',
  group: 'groups',
  signature: 'signatures',
  extension: 'extensions',
  'certificate accepted by default': 'certificates accepted by default',
  'certificate accepted with CERT_REQUIRED': 'certificates accepted with CERT_REQUIRED',
};

/** The report as people read it: what matters on one screen, or all of it. */
export function formatProbe(report: ProbeReport, verbose = false): string {
  const { board, client, server, judgements } = report;
  const of = (role: Grade['role']) => judgements.filter((judgement) => judgement.role === role);
  const { fingerprints } = client;
  return [
    `${board.machine}, MicroPython ${board.version} (${board.build}) at ${board.url}\n`,
    ...(board.sslFiles
      ? [`Tested: ${board.sslFiles.join(' and ')} on the board, in place of the firmware's module\n`]
      : []),
    ...(fingerprints ? [`ClientHello: JA3 ${fingerprints.ja3}, JA4 ${fingerprints.ja4}\n`] : []),
    `\nAS CLIENT\n`,
    formatRole(of('client'), client, verbose),
    ...(server === null ? [] : ['\nAS SERVER\n', formatRole(of('server'), server, verbose)]),
    verbose ? '' : '\n`wirewrap probe --verbose` lists everything, with the reason for each mark.\n',
  ].join('');
}

function formatRole(judgements: readonly Grade[], role: RoleReport, verbose: boolean): string {
  return `${verbose ? listAll(judgements) : fold(judgements)}${formatTable(['', ''], otherRows(role)).replace(/^\n/, '')}`;
}

/** One line for all names with the same mark and reason; the good ones only as numbers. */
function fold(judgements: readonly Grade[]): string {
  const groups = new Map<string, Grade[]>();
  for (const judgement of judgements.filter(({ mark }) => mark !== 'good')) {
    const key = [judgement.mark, judgement.subject, judgement.reason].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), judgement]);
  }
  const lines = [...groups.values()].map(foldGroup);
  const good = judgements.filter(({ mark }) => mark === 'good');
  const counts = [...new Set(good.map(({ subject }) => subject))].map((subject) => {
    const count = good.filter((judgement) => judgement.subject === subject).length;
    return `${count} ${count === 1 ? subject : PLURALS[subject]}`;
  });
  if (counts.length > 0) lines.push(`${MARKS.good}  ${counts.join(', ')}\n`);
  return lines.join('');
}

function foldGroup(same: readonly Grade[]): string {
  const [first] = same;
  if (!first) return '';
  const names = same.slice(0, SHOWN_NAMES).map(({ name }) => name);
  const more = same.length > SHOWN_NAMES ? ` and ${same.length - SHOWN_NAMES} more` : '';
  const subject = same.length === 1 ? first.subject : PLURALS[first.subject];
  return `${MARKS[first.mark]}  ${subject}: ${names.join(', ')}${more}\n      ${first.reason}\n`;
}

function listAll(judgements: readonly Grade[]): string {
  const subjects = [...new Set(judgements.map(({ subject }) => subject))];
  return subjects
    .map((subject) => {
      const rows = judgements
        .filter((judgement) => judgement.subject === subject)
        .map(({ mark, name, reason }) => [`  ${MARKS[mark]}`, name, reason]);
      // The title is not in the table, whose first column is as wide as a mark.
      return `${PLURALS[subject]}${formatTable(['', '', ''], rows)}`;
    })
    .join('');
}

/** What has no mark: it costs something, or it is there or not. */
function otherRows(role: RoleReport): [string, string][] {
  const { serverNameIndication, alpn, sessionTickets, largestRecordRead, costs } = role;
  return [
    ['session tickets', yes(sessionTickets)],
    ...(serverNameIndication === null
      ? []
      : ([
          ['server name (SNI)', yes(serverNameIndication)],
          ['ALPN', alpn?.join(', ') || 'not offered'],
        ] as [string, string][])),
    ['largest record read', largestRecordRead === null ? 'none' : `${largestRecordRead} bytes`],
    ['RSA-2048', formatCost(costs.rsa2048)],
    ['P-256', formatCost(costs.p256)],
  ];
}

function formatCost({ ms, heapBytes, idfHeapBytes }: HandshakeCost): string {
  if (ms === null) return 'does not complete';
  const heap = heapBytes === null ? '' : `, ${kilobytes(heapBytes)} of Python's heap`;
  return `${ms} ms${heap}${idfHeapBytes === null ? '' : `, ${kilobytes(idfHeapBytes)} of ESP-IDF's`}`;
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

const yes = (value: boolean): string => (value ? 'yes' : 'no');
