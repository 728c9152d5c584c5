import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-selection-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const select = (...args: string[]) => wirewrap(['test', ...args], { WIREWRAP_RESULTS: folder });
const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1);

describe('wirewrap test --list', () => {
  test('lists every case with its claims and findings, and runs nothing', async () => {
    const { exitCode, stdout } = await select('--list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^server\/identity\/pem +claim book\/pem$/m);
    expect(stdout).toMatch(/^client\/clock\/2000 +.*finding clock-of-2000$/m);
    expect(Number(/^(\d+) cases$/.exec(lastLine(stdout) ?? '')?.[1])).toBeGreaterThan(1000);
    expect(await readdir(folder)).toEqual([]);
  });

  test.for([
    ['--claim', ['--claim=book/pem'], ['server/identity/der', 'server/identity/pem']],
    ['--finding', ['--finding', 'clock-of-2000'], ['client/clock/2000']],
    [
      '--case with a star',
      ['--case=client/version/TLSv1.2*'],
      ['client/version/TLSv1.2', 'client/version/TLSv1.2-rsa'],
    ],
    ['-t', ['-t', '^client/clock/2000$'], ['client/clock/2000']],
  ] as const)('%s, as JSON', async ([, args, ids]) => {
    const { stdout } = await select('--list', '--json', ...args);
    expect((JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  test.for([
    ['a claim', '--claim=book/pen', 'There is no claim "book/pen"; did you mean book/pem?'],
    ['a finding', '--finding=clock', /There is no finding "clock"/],
    ['a case', '--case=client/name/othr', 'There is no case "client/name/othr"; did you mean client/name/other?'],
  ] as const)('%s that is not there is one sentence and exit code 2', async ([, flag, sentence]) => {
    const { exitCode, stdout, stderr } = await select(flag);
    expect({ exitCode, stdout, lines: stderr.split('\n').length }).toEqual({ exitCode: 2, stdout: '', lines: 1 });
    expect(stderr).toMatch(sentence);
  });
});

describe('one case', () => {
  test('on a good board is green, says that it is a part, and replaces no record of a whole run', async () => {
    const { exitCode, stdout } = await select('--board=virtual', '-t', '^client/version/TLSv1.2$');
    expect({ exitCode, last: lastLine(stdout) }).toEqual({ exitCode: 0, last: '1 passed, 0 failed, 2 skipped' });
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/only a part was asked: 1 of 1,\d+ cases/);
    expect((await readdir(folder)).sort()).toEqual(['report.html', 'virtual']);
    const records = (await readdir(join(folder, 'virtual'))).filter((name) => !name.includes('details'));
    expect(records).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z\.json$/)]);
    const { run } = JSON.parse(await readFile(join(folder, 'virtual', records[0] ?? ''), 'utf8'));
    expect(run).toMatchObject({ whole: false, filter: '-t ^client/version/TLSv1.2$' });
  });

  test('the record holds JA3 and JA4 of the ClientHello with default arguments', async () => {
    await select('--board=virtual', '--case=client/default/good');
    const names = (await readdir(join(folder, 'virtual'))).filter((name) => !name.includes('details')).sort();
    const { board } = JSON.parse(await readFile(join(folder, 'virtual', names.at(-1) ?? ''), 'utf8'));
    expect(board.fingerprints).toEqual({
      case: 'client/default/good',
      ja3: expect.stringMatching(/^[0-9a-f]{32}$/),
      // Over TCP, TLS 1.3 at best, no server name.
      ja4: expect.stringMatching(/^t13i\d{4}00_[0-9a-f]{12}_[0-9a-f]{12}$/),
    });
  });

  test('--failed says when nothing failed', async () => {
    const { exitCode, stderr } = await select('--board=virtual', '--failed');
    expect(stderr).toBe('wirewrap: Nothing failed in the last run of virtual: there is nothing to run.');
    expect(exitCode).toBe(2);
  });

  test('--failed without an earlier run is one sentence', async () => {
    const { exitCode, stderr } = await select('--board=virtual?latency=1', '--failed');
    expect(stderr).toMatch(/^wirewrap: There is no earlier run of virtual latency=1 in .*; run it without --failed\.$/);
    expect(exitCode).toBe(2);
  });
});
