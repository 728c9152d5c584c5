import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspaceRoot } from '../src/repository.ts';
import { cleanEnvironment, wirewrap } from './wirewrap.ts';

const command = join(workspaceRoot, 'packages/cli/bin/wirewrap.mjs');
const baselines = join(workspaceRoot, 'fixtures/baselines');
let results: string;

beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'wirewrap-mcp-'));
});
afterAll(() => rm(results, { recursive: true, force: true }));

/** The SDK's own client with a server of ours, as an assistant starts it. */
async function connect(...args: readonly string[]): Promise<Client & AsyncDisposable> {
  const client = new Client({ name: 'test', version: '1' });
  const env = cleanEnvironment({ WIREWRAP_RESULTS: results });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [command, 'mcp', ...args], env }));
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const { content, isError } = await client.callTool({ name, arguments: args }, undefined, { timeout: 60_000 });
  const [{ text }] = content as [{ text: string }];
  return { text, isError: isError === true, json: isError ? null : JSON.parse(text) };
}

describe('wirewrap mcp', () => {
  test('offers what reads, and flashing only with leave', async () => {
    await using client = await connect();
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toEqual(['boards', 'doctor', 'list_cases', 'run_cases', 'compare', 'explain_case']);
    const refused = await call(client, 'flash', { board: 'virtual', firmware: 'a.bin' });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('--allow-flash') });
    await using allowed = await connect('--allow-flash');
    const { tools } = await allowed.listTools();
    const destructive = tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name);
    expect(destructive).toEqual(['flash']);
    const missing = await call(allowed, 'flash', { board: 'virtual', firmware: 'no-such.bin' });
    expect(missing).toMatchObject({ isError: true, text: expect.stringContaining('no-such.bin') });
  });

  test('a board that does not exist is refused at the start, not at each call', async () => {
    const { exitCode, stderr } = await wirewrap(['mcp', '--board=nope']);
    expect(exitCode).toBe(2);
    expect(stderr.trim()).toMatch(/^wirewrap: .*nope.*$/);
  });

  test('answers with what the commands print', async () => {
    await using client = await connect('--board=virtual');
    const doctor = await call(client, 'doctor');
    expect(doctor.json.board).toMatchObject({ url: 'virtual' });
    expect(doctor.json.findings.map(({ name }: { name: string }) => name)).toContain('permission');
    const listed = await call(client, 'list_cases', { claims: ['book/pem'] });
    expect(listed.text).toBe(`${(await wirewrap(['test', '--list', '--json', '--claim=book/pem'])).stdout}\n`);
    const records = { before: join(baselines, 'debian-1.25.0.json'), after: join(baselines, 'debian-1.26.1.json') };
    const compared = await call(client, 'compare', records);
    expect(compared.json).toMatchObject({ changed: true });
  });

  test('runs a case on the board, and explains it', async () => {
    await using client = await connect('--board=virtual');
    const record = await call(client, 'run_cases', { cases: ['client/default/expired'] });
    expect(record.json).toMatchObject({
      schema: 'wirewrap.run-record/2',
      observations: [{ case: 'client/default/expired', value: { end: 'completes' } }],
    });
    const explained = await call(client, 'explain_case', { case: 'client/default/expired' });
    expect(explained.json).toMatchObject({
      case: 'client/default/expired',
      safety: 'unsafe',
      question: { posed: expect.stringContaining('certificate') },
      findings: [{ severity: 'hole', seen: true }],
      detail: { status: 'passed', handshakes: [{}] },
      again: "wirewrap test --board='virtual' --case='client/default/expired'",
    });
    const shown = await wirewrap(['explain', 'client/default/expired'], { WIREWRAP_RESULTS: results });
    expect(shown.stdout).toMatch(/^safety {4}unsafe$/m);
    expect(shown.exitCode).toBe(0);
  });

  test.for<[string, string, Record<string, unknown>, RegExp]>([
    ['an argument that nobody knows', 'doctor', { bord: 'x' }, /^doctor has no argument 'bord'; did you mean board\?$/],
    ['a list that is none', 'run_cases', { cases: 'a' }, /^run_cases\.cases must be a list, and is a string\.$/],
    ['an option in place of a value', 'compare', { before: '--common', after: 'b' }, /begin with a hyphen/],
    ['what is missing', 'explain_case', {}, /^explain_case needs the argument 'case'\.$/],
    ['a case that is none', 'explain_case', { case: 'no/such' }, /There is no case/],
    ['a tool that is none', 'reboot', {}, /^There is no tool 'reboot'/],
    ['a board that starts a program', 'doctor', { board: 'exec:touch /tmp/x' }, /--board/],
  ])('%s is one sentence', async ([, name, args, message]) => {
    await using client = await connect('--board=virtual');
    expect(await call(client, name, args)).toMatchObject({ isError: true, text: expect.stringMatching(message) });
  });

  test('ends with its client, also in the middle of a run', async () => {
    const client = await connect('--board=virtual');
    const { pid } = client.transport as StdioClientTransport;
    const running = client
      .callTool({ name: 'run_cases', arguments: { cases: ['client/default/*'] } })
      .catch(() => null);
    await client.close();
    await running;
    await expect
      .poll(() => execa('ps', ['-p', String(pid)], { reject: false }).then(({ exitCode }) => exitCode))
      .toBe(1);
  });
});
