import type { Command } from '../command.ts';
import { boardOptions } from '../config/board-options.ts';

export const probeCommand: Command = {
  name: 'probe',
  summary: "Find out what a board's TLS can do, as client and as server.",
  options: {
    ...boardOptions,
    json: { type: 'boolean', description: 'Print JSON.' },
    verbose: { type: 'boolean', description: 'Print every version, suite, group, signature and extension.' },
    wait: { type: 'boolean', description: 'Queue until the board is free.' },
  },
  notes: [
    'Takes about a hundred handshakes: seconds on the virtual board, minutes on an ESP32.',
    'Marks follow RFC 9325 (recommendations for TLS) and RFC 8996 (end of TLS 1.0 and 1.1).',
    'Example: wirewrap probe --board=/dev/ttyUSB0 --verbose',
    'Exit code: 0 probed, whatever the marks are; 2 bad input or no board.',
  ],
  async run({ values, env, stdout, stderr, signal }) {
    const { createPki } = await import('@wirewrap/certgen');
    const { BoardNetwork, createTlsLab, setClock, TlsLabError } = await import('@wirewrap/tls-lab');
    const { acquireBoard } = await import('@wirewrap/boards');
    const { resolveBoard } = await import('../config/board-target.ts');
    const { formatProbe } = await import('../probe/format-probe.ts');
    const { judgeProbe } = await import('../probe/judge/judge-probe.ts');
    const { probeClient } = await import('../probe/probe-client.ts');
    const { probeServer } = await import('../probe/probe-server.ts');
    const { steadyLab } = await import('../probe/steady-lab.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const { workspaceRoot } = await import('../repository.ts');
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const line = new StatusLine(stderr);
    const onProgress = (what: string): void => line.show(`${target.label}: ${what}`);
    await using opened = await acquireBoard(target, {
      lease: { purpose: 'wirewrap probe', wait: values.wait === true },
      signal,
      onProgress,
    });
    const { board } = opened;
    const identity = await board.identity();
    const network = new BoardNetwork(opened.settings.network);
    await network.join(board);
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
    const client = await probeClient(bench);
    const server = await probeServer(bench).catch(unreached);
    const report = {
      schema: 'wirewrap.probe/1',
      board: { url: target.url, machine, version, build },
      client,
      server,
      judgements: judgeProbe({ client, server }),
    } as const;
    line.show('');
    stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : formatProbe(report, values.verbose === true));
    return 0;
  },
};
