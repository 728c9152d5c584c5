import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { provisionMicroPython } from '@wirewrap/virtual-board';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const launcher = join(root, 'packages/cli/bin/run.mjs');

/** Runs `pnpm bench …` or `pnpm fuzz …` without pnpm. */
function run([script = '', ...args]: readonly string[], env: Record<string, string> = {}) {
  const file = join(root, script === 'bench' ? 'scripts/bench/main.ts' : 'scripts/fuzz.ts');
  const { NO_COLOR: _, ...inherited } = process.env;
  return spawnSync(process.execPath, [launcher, file, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
}

test.for([
  ['bench', /Name a benchmark; choose one of cli, repl, /],
  ['bench nothing', /no benchmark 'nothing'/],
  ['bench repl --jsno=x', /Unknown option '--jsno'; the options are --json, /],
  ['bench repl extra', /Unexpected argument 'extra'/],
  ['bench repl --json', /'--json <value>' argument missing/],
  ['bench repl --json=', /--json needs a value/],
  ['bench repl --json=/no/such/folder/rows.json', /Cannot write .* \(ENOENT\)/],
  [`bench repl --json=${tmpdir()}`, /Cannot write .* \(EISDIR\)/],
  ['bench repl --baud=fast', /--baud=fast is no whole number/],
  ['bench repl --latency=-1', /--latency=-1 is no whole number/],
  ['bench repl --baud=0 --baud=1', /--baud is given twice/],
  ['bench repl --only=nothing', /--only=nothing is in no case's name/],
  ['bench case --rounds=0', /--rounds=0 is no whole number/],
  ['fuzz --runs=many', /--runs=many is no whole number/],
  ['fuzz --seed', /'--seed <value>' argument missing/],
  ['fuzz --bogus', /Unknown option '--bogus'/],
  ['fuzz no-such-file', /'no-such-file' stands in no path/],
] as const)('pnpm %s is bad input', ([line, message]) => {
  const { status, stdout, stderr } = run(line.split(' '));
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^(bench|fuzz): [^\n]*\.\n$/);
  expect([status, stdout]).toEqual([2, '']);
});

test('a benchmark writes its rows where mpremote cannot be had, too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirewrap-scripts-'));
  const rows = join(folder, 'rows.json');
  // Neither a Python with mpremote in it, nor a mirror that has it.
  for (const tool of ['python3', 'apt-get']) {
    writeFileSync(join(folder, tool), "#!/bin/sh\necho 'E: no network here' >&2\nexit 100\n", { mode: 0o755 });
  }
  const { executable } = await provisionMicroPython();
  const { status, stdout, stderr } = run(
    ['bench', 'repl', `--json=${rows}`, '--baud=0', '--latency=0', '--only=certificate'],
    { PATH: `${folder}:${process.env.PATH}`, XDG_CACHE_HOME: folder, WIREWRAP_MICROPYTHON: executable },
  );
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^bench: mpremote is not installed and cannot be fetched \([^\n]*\), so what follows is ours alone; [^\n]*\.\n$/,
    ),
  ]);
  expect(stdout).not.toContain('mpremote');
  expect(stdout).toMatch(/upload a certificate of 815 bytes .* KiB\/s .* wire\/payload \d\.\d+\n/);
  expect(JSON.parse(readFileSync(rows, 'utf8'))).toEqual([
    {
      case: 'unlimited baud, 0 ms: upload a certificate of 815 bytes',
      ours: expect.any(Number),
      peer: null,
      unit: 'KiB/s',
      ratio: null,
      lineShare: null,
      wire: expect.any(Number),
      peerWire: null,
    },
  ]);
});

test('the fuzz run tells its seed', () => {
  const { status, stdout } = run(['fuzz', '--runs=20', '--seed=-7', 'line-settings']);
  expect(stdout).toMatch(/fuzz: 20 runs of each property in 1 files; --runs=20 --seed=-7 repeats them/);
  expect(status).toBe(0);
});
