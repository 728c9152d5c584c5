import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVirtualBoard } from '@wirewrap/virtual-board';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findTlsfuzzer, type Tlsfuzzer } from '../src/tlsfuzzer/runner/find-tlsfuzzer.ts';
import { wirewrapHere } from './in-process.ts';

const tlsfuzzer = await findTlsfuzzer({ env: process.env }).catch(() => null);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-tlsfuzzer-dead-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Python loads it before anything else: it tells of what came from the board. */
const tells = (said: string): string => `import socket
receive = socket.socket.recv
def recv(self, *args):
    data = receive(self, *args)
    with open("${said}", "a") as file:
        file.write("received\\n")
    return data
socket.socket.recv = recv
`;

/** tlsfuzzer with a Python that also writes into `said` what its scripts print and receive: so a test knows when a conversation is on. */
async function watched({ folder: sources, python }: Tlsfuzzer, said: string): Promise<string> {
  const place = await mkdtemp(join(folder, 'sources-'));
  await mkdir(join(place, 'venv/bin'), { recursive: true });
  await symlink(join(sources, 'tlsfuzzer'), join(place, 'tlsfuzzer'));
  await writeFile(join(place, 'sitecustomize.py'), tells(said));
  const own = join(place, 'venv/bin/python');
  const run = `exec '${python}' "$@"`;
  await writeFile(own, `#!/bin/bash\n[ "$1" = -u ] && ${run} > >(tee -a '${said}')\n${run}\n`);
  await chmod(own, 0o700);
  return place;
}

/** The first script holds a conversation in which the board waits until tlsfuzzer gives up. */
const SCRIPTS = ['ssl-death-alert', 'unsupported-curve-fallback'] as const;
const LONG = 'SSL Death Alert with getting alert';
const IS_ON = new RegExp(`^${LONG} \\.\\.\\.\nconnection \\d+\nreceived$`, 'm');

/** Runs the scripts against the board at `path`, and calls `strike` in the middle of the long conversation. */
async function runWith(path: string, out: string, strike: () => PromiseLike<void>) {
  if (tlsfuzzer === null) throw new Error('there is no tlsfuzzer');
  const said = `${out}.said`;
  const sources = await watched(tlsfuzzer, said);
  const cases = SCRIPTS.map((script) => `--case=${script}`);
  const running = wirewrapHere(['tlsfuzzer', `--board=${path}`, `--sources=${sources}`, ...cases, `--out=${out}`]);
  const options = { timeout: 120_000, interval: 50 };
  await expect.poll(() => readFile(said, 'utf8').catch(() => ''), options).toMatch(IS_ON);
  await strike();
  return await running;
}

describe.skipIf(tlsfuzzer === null)('a board in the middle of a run (needs tlsfuzzer and tlslite-ng)', () => {
  test('that resets costs the conversation, and the run goes on', { timeout: 300_000 }, async () => {
    await using device = await startVirtualBoard();
    const out = join(folder, 'reset.json');
    const { exitCode, stderr } = await runWith(device.path, out, () => device.crash());
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    const { results } = JSON.parse(await readFile(out, 'utf8'));
    const labels = results.map(({ id, label }: { id: string; label: string }) => [id, label]);
    expect(labels).toContainEqual([`${SCRIPTS[0]}/${LONG}`, 'lost']);
    expect(labels).toContainEqual([`${SCRIPTS[1]}/check for unsupported curve fallback`, 'passed']);
    expect(labels.filter(([, label]: string[]) => label === 'unexplained')).toEqual([]);
  });

  test('that is gone ends the run with one sentence, and nothing is written', { timeout: 300_000 }, async () => {
    const device = await startVirtualBoard();
    const out = join(folder, 'gone.json');
    const { exitCode, stdout, stderr } = await runWith(device.path, out, () => device[Symbol.asyncDispose]());
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^wirewrap: The board does not answer \([^\n]+\); reset it and run the rest with --case\.$/,
      ),
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('gone'))).toEqual(['gone.json.said']);
  });
});
