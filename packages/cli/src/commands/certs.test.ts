import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../run.ts';

const folder = await mkdtemp(join(tmpdir(), 'wirewrap-certs-'));

afterAll(() => rm(folder, { recursive: true, force: true }));

async function wirewrap(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const exitCode = await run(argv, {
    env: {},
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  });
  return { exitCode, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('wirewrap certs', () => {
  test('writes the profiles that were asked for', async () => {
    const out = join(folder, 'two');
    const { exitCode, stdout } = await wirewrap('certs', '--out', out, '--profile', 'good', '--profile=expired');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^2 profiles, \d+ files in /) });
    expect((await readdir(out)).sort()).toEqual(['README.md', 'expired', 'good', 'index.json']);
  });

  test('explains one', async () => {
    const { exitCode, stdout } = await wirewrap('certs', '--explain', 'expired');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('openssl verify -CAfile certs/expired/ca.pem');
  });

  test('lists them', async () => {
    const { exitCode, stdout } = await wirewrap('certs', '--list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^good {2,}/);
  });

  test.for([
    [['--profile', 'god'], 'did you mean good?'],
    [['--explain', 'god'], 'did you mean good?'],
    [['--key', 'rsa-512'], '--key=rsa-512 is no kind of key'],
    [['--host', 'two words', '--profile', 'good'], 'is no host name or address'],
  ] as const)('%j is one sentence, exit code 2', async ([argv, what]) => {
    const { exitCode, stderr } = await wirewrap('certs', '--out', join(folder, 'bad'), ...argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(what) });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a file where the folder should be is one sentence, exit code 2', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const { exitCode, stderr } = await wirewrap('certs', '--out', file, '--profile', 'good');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(file);
  });
});
