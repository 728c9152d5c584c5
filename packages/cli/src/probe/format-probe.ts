import { formatTable } from '../table.ts';
import type { HandshakeCost, ProbeReport, RoleReport } from './probe-report.ts';

/** The report as people read it. */
export function formatProbe(report: ProbeReport): string {
  const { board, client, server } = report;
  const rows = (role: RoleReport): [string, string][] => [
    ['versions', role.versions.join(', ') || 'none'],
    ['cipher suites', role.cipherSuites.join('\n') || 'none'],
    ['groups', role.groups.join(', ') || 'none'],
    ['signatures', role.signatureAlgorithms.join('\n') || 'none'],
    ['session tickets', yes(role.sessionTickets)],
    ['largest record read', role.largestRecordRead === null ? 'none' : `${role.largestRecordRead} bytes`],
    ['RSA-2048', formatCost(role.costs.rsa2048)],
    ['P-256', formatCost(role.costs.p256)],
  ];
  const { accepts } = client;
  const clientRows: [string, string][] = [
    ...rows(client),
    ['server name (SNI)', yes(client.serverNameIndication === true)],
    ['ALPN', client.alpn?.join(', ') || 'not offered'],
    ['accepts by default', accepts.byDefault.join(', ') || 'nothing'],
    ['accepts with CERT_REQUIRED', accepts.withCertRequired.join(', ') || 'nothing'],
  ];
  return [
    `${board.machine}, MicroPython ${board.version} (${board.build}) at ${board.url}\n`,
    section('AS CLIENT', clientRows),
    ...(server === null ? [] : [section('AS SERVER', rows(server))]),
  ].join('\n');
}

function section(title: string, rows: readonly [string, string][]): string {
  const lines = rows.flatMap(([name, value]) =>
    value.split('\n').map((line, index): [string, string] => [index === 0 ? name : '', line]),
  );
  return formatTable([title, ''], lines);
}

function formatCost({ ms, heapBytes, idfHeapBytes }: HandshakeCost): string {
  if (ms === null) return 'does not complete';
  const heap = heapBytes === null ? '' : `, ${kilobytes(heapBytes)} of Python's heap`;
  return `${ms} ms${heap}${idfHeapBytes === null ? '' : `, ${kilobytes(idfHeapBytes)} of ESP-IDF's`}`;
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

const yes = (value: boolean): string => (value ? 'yes' : 'no');
