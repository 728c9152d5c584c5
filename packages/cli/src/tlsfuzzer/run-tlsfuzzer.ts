import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pki } from '@wirewrap/certgen';
import type { ForeignResult } from '@wirewrap/conformance';
import type { BoardEndpoint, BoardNetwork } from '@wirewrap/tls-lab';
import { type Abilities, rowsFor } from '../foreign/known-case.ts';
import { answering } from './board/answering.ts';
import { startBoardServer } from './board/board-server.ts';
import { judgeConversation } from './judge/judge-conversation.ts';
import { type KnownScript, knownScripts } from './judge/known-scripts.ts';
import type { Tlsfuzzer } from './runner/find-tlsfuzzer.ts';
import type { ConversationVerdict } from './runner/script-output.ts';
import { type ScriptRunner, startScriptRunner } from './runner/script-runner.ts';

export interface TlsfuzzerOptions {
  readonly tlsfuzzer: Tlsfuzzer;
  readonly scripts: readonly KnownScript[];
  readonly endpoint: BoardEndpoint;
  readonly network: BoardNetwork;
  readonly pki: Pki;
  readonly sample: number;
  readonly can: Abilities;
  /** Milliseconds that tlsfuzzer waits for a message of the board's. */
  readonly idleMs: number;
  readonly onResult: (result: ForeignResult) => void;
  readonly signal: AbortSignal;
}

/** The board gives up much later than tlsfuzzer, whose conversations wait several times. */
const LONGER_MS = 60_000;

/**
 * Runs tlsfuzzer's scripts against the board as server, on one board session. A board that resets costs the conversation;
 * one that does not come back ends the run with its error.
 */
export async function runTlsfuzzer(options: TlsfuzzerOptions): Promise<ForeignResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wirewrap-tlsfuzzer-'));
  try {
    const files = await clientFiles(folder, options.pki);
    await using runner = startScriptRunner({ ...options, compiled: join(folder, 'compiled') });
    const results: ForeignResult[] = [];
    for (const script of options.scripts) results.push(...(await runOne(options, runner, script, files)));
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The client's key and certificate as files, by the words that stand for them in tlsfuzzer.json. */
async function clientFiles(folder: string, pki: Pki): Promise<Readonly<Record<string, string>>> {
  const client = await pki.certificate('client-good', { key: 'rsa-2048' });
  const files = {
    KEY: join(folder, 'key.pem'),
    CERT: join(folder, 'certificate.pem'),
    COMPILED: join(folder, 'compiled'),
  };
  await writeFile(files.KEY, client.key.pem);
  await writeFile(files.CERT, client.leaf.pem);
  return files;
}

async function runOne(
  options: TlsfuzzerOptions,
  runner: ScriptRunner,
  { script, args = [], whole = false, asksForCertificate = false }: KnownScript,
  files: Readonly<Record<string, string>>,
): Promise<ForeignResult[]> {
  const { pki, idleMs, can } = options;
  const rows = rowsFor(knownScripts.expected, can);
  const certificate = await pki.certificate('good', { key: 'rsa-2048' });
  const patienceMs = idleMs + LONGER_MS;
  // The board's program takes seconds to get there, for which tlsfuzzer does not wait: at first, and after a reset.
  await answering(options.endpoint.ready());
  await using server = await startBoardServer({ ...options, certificate, asksForCertificate, patienceMs });
  const gone = Promise.withResolvers<never>();
  const judged: Promise<ForeignResult>[] = [];
  const judge = async (verdict: ConversationVerdict): Promise<ForeignResult> => {
    const served = await Promise.all(verdict.ports.flatMap((port) => server.outcomeOf(port) ?? []));
    return judgeConversation(`${script}/${verdict.name}`, verdict, served, rows);
  };
  const run = runner.run({
    script: `test-${script}`,
    args: args.map((arg) => files[arg] ?? arg),
    sample: whole ? null : options.sample,
    port: server.port,
    onVerdict: (verdict) => {
      const result = judge(verdict);
      result.then(options.onResult, gone.reject);
      judged.push(result);
    },
  });
  const complaint = await Promise.race([run, gone.promise]);
  const results = onceEach(await Promise.all(judged));
  if (complaint === null) return results;
  const broken = {
    name: script,
    passed: false,
    message: complaint,
    ports: [],
  };
  return [...results, judgeConversation(`${script}/summary`, broken, [], rows)];
}

/** A script asks its first conversation, `sanity`, again at its end: what failed of two counts. */
function onceEach(results: readonly ForeignResult[]): ForeignResult[] {
  const byId = Map.groupBy(results, ({ id }) => id);
  return [...byId.values()].flatMap((same) => same.find(({ label }) => label !== 'passed') ?? same.slice(0, 1));
}
