import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { JSON_OPTION, WAIT_OPTION } from '../config/common-options.ts';

export const probeCommand: Command = {
  name: 'probe',
  summary: "Find out what a board's TLS can do, as client and as server.",
  options: {
    ...BOARD_OPTIONS,
    json: JSON_OPTION,
    verbose: { type: 'boolean', description: 'Print every version, suite, group, signature and extension.' },
    wait: WAIT_OPTION,
  },
  notes: [
    'Takes about a hundred handshakes: seconds on the virtual board, minutes on an ESP32.',
    'Marks follow RFC 9325 (recommendations for TLS) and RFC 8996 (end of TLS 1.0 and 1.1).',
    'Example: wirewrap probe --board=/dev/ttyUSB0 --verbose',
    'Exit code: 0 probed, whatever the marks are; 2 bad input or no board.',
  ],
  async run({ values, env, stdout, stderr, signal }) {
    const { createPki } = await import('@wirewrap/certgen');
    const { createTlsLab, setClock, TlsLabError } = await import('@wirewrap/tls-lab');
    const { sslFilesOf } = await import('../board/describe-identity.ts');
    const { formatProbe } = await import('../probe/format-probe.ts');
    const { judgeProbe } = await import('../probe/judge/judge-probe.ts');
    const { probeClient } = await import('../probe/probe-client.ts');
    const { probeServer } = await import('../probe/probe-server.ts');
    const { steadyLab } = await import('../probe/steady-lab.ts');
    const { openBench } = await import('../tools/open-bench.ts');
    const { workspaceRoot } = await import('../repository.ts');
    await using opened = await openBench({ values, env, signal, stderr }, 'probe');
    const { board, network, target, line, onProgress } = opened;
    const identity = await board.identity();
    await setClock(board, new Date());
    const pki = createPki({ cacheFolder: `${workspaceRoot}/certs` });
    await using lab = createTlsLab({ board, network, pki });
    const bench = { lab: steadyLab(lab), pki, onProgress, signal };
    // What the board can do as client is worth having where nothing reaches it (NAT, an access point that isolates).
    const unreached = (error: unknown): null => {
      if (!(error instanceof TlsLabError) || error.code !== 'NO_CONNECTION') throw error;
      line.show('');
      stderr.write(`${error.message}\n`);
      return null;
    };
    const { machine, version, build } = identity;
    const files = sslFilesOf(identity);
    const client = await probeClient(bench);
    const server = await probeServer(bench).catch(unreached);
    const report = {
      schema: 'wirewrap.probe/1',
      board: { url: target.url, machine, version, build, ...(files.length === 0 ? {} : { sslFiles: files }) },
      client,
      server,
      judgements: judgeProbe({ client, server }),
    } as const;
    line.show('');
    stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatProbe(report, values.verbose === true));
    return 0;
  },
};
