import { join } from 'node:path';
import { textsOf } from '../arguments.ts';
import type { Command } from '../command.ts';
import { BOARD_OPTIONS } from '../config/board-options.ts';
import { jsonOption, WAIT_OPTION } from '../config/common-options.ts';
import { CliError } from '../errors.ts';
import type { SoakRecord, SoakRole } from '../soak/soak-record.ts';
import { requireWritable, tellUnwritable } from '../unwritable.ts';

const ROLES: Readonly<Record<string, readonly SoakRole[]>> = {
  both: ['client', 'server'],
  client: ['client'],
  server: ['server'],
};

/** Readings are half a minute apart, closer in a short soak, so that there are enough of them for a slope. */
const USUAL_EVERY_MS = 30_000;
const READINGS_WANTED = 40;

/** Where no line can be drawn, as in a log, there is a sentence every so often. */
const QUIET_MS = 300_000;

/** What a script learns of a soak. */
function exitCodeOf({ end, problems }: SoakRecord): number {
  if (end === 'interrupted') return 130;
  if (end === 'board gave no answer') return 4;
  return problems.length > 0 ? 1 : 0;
}

/** `wirewrap soak --for 8h`: connections in a row, and what they leave behind. */
export const soakCommand: Command = {
  name: 'soak',
  summary: 'Connect to a board for hours; measure heap, sockets, handshakes and errors.',
  options: {
    for: { type: 'string', placeholder: 'TIME', description: 'How long: 30s, 90m, 8h, 1h30m, 2d. Default 10m.' },
    ...BOARD_OPTIONS,
    role: { type: 'string', placeholder: 'ROLE', description: "The board's part: client, server or both (default)." },
    every: {
      type: 'string',
      placeholder: 'TIME',
      description: 'Time between two readings of the heap. Default: a 40th of --for, at most 30s.',
    },
    out: {
      type: 'string',
      placeholder: 'FILE',
      description: 'Where the record goes (default: results/soak/BOARD/TIME.json); the page lies beside it.',
    },
    json: jsonOption('the record'),
    wait: WAIT_OPTION,
  },
  notes: [
    'Record and page are written whole after each reading: nothing but the last of them is lost on Ctrl-C or SIGKILL.',
    'A reset of the board is reported, and the soak goes on. A slope is a leak when its lower bound is above what is allowed.',
    'Example: wirewrap soak --for=8h --board=/dev/ttyUSB0',
    'Example: wirewrap soak --for=2m --role=server --out=results/soak.json',
    'Exit code: 0 it held; 1 something grows, a connection failed or the board reset; 2 bad input or no board;',
    '4 the board gave no answer any more; 130 interrupted.',
  ],
  async run({ values, env, stdout, stderr, signal }) {
    const { formatDuration, parseDuration } = await import('../soak/parse-duration.ts');
    const text = textsOf(values);
    const forMs = parseDuration(text('for') ?? '10m', '--for');
    const every = text('every');
    const everyMs =
      every === undefined ? Math.min(USUAL_EVERY_MS, forMs / READINGS_WANTED) : parseDuration(every, '--every');
    if (everyMs > forMs) {
      throw new CliError(
        'BAD_USAGE',
        `--every=${every} is longer than the soak (--for=${text('for') ?? '10m'}); make it shorter.`,
      );
    }
    const roles = Object.hasOwn(ROLES, text('role') ?? 'both') ? ROLES[text('role') ?? 'both'] : undefined;
    if (roles === undefined) {
      throw new CliError('BAD_USAGE', `--role=${text('role')} is no role of a board; choose client, server or both.`);
    }
    const { resolveBoard } = await import('../config/board-target.ts');
    const target = await resolveBoard(values, env, { onFound: (reason) => stderr.write(`${reason}\n`) });
    const { recordPathOf } = await import('@wirewrap/conformance');
    const { writeWhole } = await import('@wirewrap/repl-driver/basics');
    const { resultsFolder, workspaceRoot } = await import('../repository.ts');
    const out = text('out') ?? recordPathOf(join(resultsFolder, 'soak'), target.label, new Date().toISOString());
    const page = out.endsWith('.json') ? `${out.slice(0, -'.json'.length)}.html` : `${out}.html`;
    // Now, and not after hours.
    await requireWritable(out);
    const { acquireSession, callsEndWith, prepareBoard } = await import('@wirewrap/boards');
    const { createPki } = await import('@wirewrap/certgen');
    const { formatSoak, soakSentence } = await import('../soak/format-soak.ts');
    const { runSoak } = await import('../soak/run-soak.ts');
    const { soakPage } = await import('../soak/soak-page.ts');
    const { StatusLine } = await import('../test-run/status-line.ts');
    const line = new StatusLine(stderr);
    let saidMs = 0;
    const onWait = (holder: string): void => line.write(`waiting for ${holder}\n`);
    const lease = { purpose: 'wirewrap soak', wait: values.wait === true, onWait };
    await using prepared = await prepareBoard(target, { lease, signal, onProgress: (what) => line.show(what) });
    callsEndWith(signal);
    const session = await acquireSession(await prepared.handOver());
    try {
      const record = await runSoak({
        session,
        url: target.url,
        pki: createPki({ cacheFolder: `${workspaceRoot}/certs` }),
        roles,
        forMs,
        everyMs,
        signal,
        onConnection: ({ tookMs, connections, failed, resets }) => {
          const troubles = `${failed > 0 ? `, ${failed} failed` : ''}${resets > 0 ? `, ${resets} resets` : ''}`;
          const left = formatDuration(Math.max(0, forMs - tookMs));
          line.show(`${target.label}: ${connections} connections${troubles}, ${left} left`);
        },
        onReading: async (now) => {
          await tellUnwritable(out, writeWhole(out, `${JSON.stringify(now, null, 2)}\n`));
          await tellUnwritable(page, writeWhole(page, await soakPage(now)));
          if (!line.live && now.tookMs >= saidMs + QUIET_MS) {
            saidMs = now.tookMs;
            line.write(`${soakSentence(now)}\n`);
          }
        },
      });
      line.show('');
      if (values.json === true) stdout.write(`${JSON.stringify(record, null, 2)}\n`);
      else stdout.write(`${formatSoak(record)}Record: ${out}\nPage: ${page}\n`);
      return exitCodeOf(record);
    } finally {
      line.show('');
      callsEndWith(undefined);
      await session.release();
    }
  },
};
