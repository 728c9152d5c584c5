import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { workspaceRoot } from '../src/repository.ts';
import { cleanEnvironment } from './wirewrap.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}
interface Job {
  readonly 'runs-on': unknown;
  readonly needs?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly strategy?: { readonly matrix: Record<string, unknown[]> };
  readonly env?: Record<string, string>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Record<string, { readonly inputs?: Record<string, unknown> } | null>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflowFolder = join(workspaceRoot, '.github', 'workflows');
/** `board-${{ matrix.board }}` as the workflow writes it. */
const ofBoard = ['board-$', '{{ matrix.board }}'].join('');
const standIns = join(import.meta.dirname, 'stand-ins');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-workflows-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readWorkflow(name: string): Promise<{ workflow: Workflow; text: string }> {
  const text = await readFile(join(workflowFolder, name), 'utf8');
  return { workflow: parse(text) as Workflow, text };
}

/** Runs a step's script as a runner does (`bash -e`), with its files in our folder and no download. */
function runScript(script: string, env: Record<string, string> = {}) {
  const here = script.replaceAll(/(?<![\w/])(results|nights)\//g, `${folder}/$1/`);
  return execa('bash', ['-e', '-o', 'pipefail', '-c', here], {
    cwd: workspaceRoot,
    reject: false,
    all: true,
    stdin: 'ignore',
    extendEnv: false,
    env: cleanEnvironment({
      PATH: `${standIns}:${process.env.PATH}`,
      WORKSPACE: workspaceRoot,
      STAND_IN_LOG: join(folder, 'pnpm.log'),
      ...env,
    }),
  });
}

const scriptOf = (workflow: Workflow, job: string, name: string): string => {
  const step = workflow.jobs[job]?.steps.find((candidate) => candidate.name === name);
  if (!step?.run) throw new Error(`no step '${name}' in job '${job}'`);
  return step.run;
};

describe('workflows', async () => {
  const names = (await readdir(workflowFolder)).filter((name) => name.endsWith('.yml'));

  test.for(names)('%s is correct', async (name) => {
    const { workflow, text } = await readWorkflow(name);
    expect(Object.keys(workflow.on).length).toBeGreaterThan(0);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [id, job] of Object.entries(workflow.jobs)) {
      expect([job['runs-on']].flat().join(' '), id).toMatch(/^(ubuntu-\d\d\.\d\d|self-hosted board-.+)$/);
      if (job.needs) expect(Object.keys(workflow.jobs)).toContain(job.needs);
      for (const step of job.steps) {
        expect([step.uses, step.run].filter(Boolean), `${id}: a step uses an action or runs a script`).toHaveLength(1);
        if (step.uses) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/);
        if (step.run) expect(step.name, 'a step that runs something has a name').toMatch(/^\w+/);
      }
    }
    for (const [, expression = ''] of text.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)) {
      const known = {
        matrix: Object.values(workflow.jobs).flatMap((job) => Object.keys(job.strategy?.matrix ?? {})),
        inputs: Object.keys(workflow.on.workflow_dispatch?.inputs ?? {}),
      };
      const [scope = '', field = ''] = expression.split('.');
      expect(known[scope as keyof typeof known], expression).toContain(field);
    }
    // An expression inside a script would let who starts the workflow write shell.
    for (const { run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps))
      expect(run ?? '').not.toContain('${{');
  });

  test('one night at a time on each board, on the runner that holds it', async () => {
    const { board } = (await readWorkflow('nightly.yml')).workflow.jobs;
    expect(board?.concurrency).toEqual({ group: ofBoard, 'cancel-in-progress': false });
    expect(board?.['runs-on']).toEqual(['self-hosted', ofBoard]);
  });

  test('a night without a baseline says how to make the first one; with one it is compared', async () => {
    const { workflow } = await readWorkflow('nightly.yml');
    const script = scriptOf(workflow, 'board', 'The baseline of this board');
    const baselines = join(folder, 'baselines');
    const env = { WIREWRAP_BASELINES: baselines, BOARD: 'virtual', GITHUB_ENV: join(folder, 'github-env') };
    const first = await runScript(script, env);
    expect(first).toMatchObject({
      exitCode: 0,
      all: expect.stringMatching(
        /^::notice title=No baseline for virtual::.*wirewrap baseline update .*virtual\.json --run=/,
      ),
    });
    await mkdir(baselines);
    await writeFile(join(baselines, 'virtual.json'), '{}');
    expect(await runScript(script, env)).toMatchObject({ exitCode: 0, all: '' });
    expect(await readFile(env.GITHUB_ENV, 'utf8')).toBe(`BASELINE=${join(baselines, 'virtual.json')}\n`);
    expect(scriptOf(workflow, 'board', 'One night')).toContain('--baseline="$BASELINE"');
  });

  test('every command of nightly.yml runs', async () => {
    const { workflow } = await readWorkflow('nightly.yml');
    const history = join(folder, 'history');
    const env = {
      WIREWRAP_HISTORY: history,
      BOARD: 'virtual',
      FIRMWARE: '',
      STAND_IN_FILTERS: 'module.test.ts -t signature/keyword',
    };
    const night = await runScript(scriptOf(workflow, 'board', 'One night'), { ...env, VITEST_BLOB_LABEL: 'virtual' });
    expect({ exitCode: night.exitCode, all: night.all }).toMatchObject({
      exitCode: 0,
      all: expect.stringContaining('release done'),
    });

    expect(await readdir(join(history, 'virtual'))).toHaveLength(1);

    // What the artifact actions do.
    await mkdir(join(folder, 'nights'), { recursive: true });
    await cp(join(folder, 'results'), join(folder, 'nights', 'board-virtual'), { recursive: true });

    const page = await runScript(scriptOf(workflow, 'summary', 'One page for all boards'));
    expect({ exitCode: page.exitCode, all: page.all }).toMatchObject({ exitCode: 0 });
    expect((await stat(join(folder, 'results', 'report.html'))).size).toBeGreaterThan(10_000);
    const list = await runScript(scriptOf(workflow, 'summary', 'One list of all cases'), { NO_COLOR: '1' });
    expect(list.exitCode, list.all).toBe(0);
    expect(list.all).toMatch(/Tests\s+\d+ passed/);
  }, 120_000);

  test('every command of ci.yml runs', async () => {
    const { workflow } = await readWorkflow('ci.yml');
    const tests = {
      STAND_IN_TEST: 'echo 3 passed, 0 failed, 1 skipped',
      WIREWRAP_CI_LOG: join(folder, 'ci.log'),
    };
    const check = await runScript(scriptOf(workflow, 'virtual-board', 'Check and test on the virtual board'), tests);
    expect(check.exitCode, check.all).toBe(0);
    await cp(join(folder, 'results', 'nightly'), join(folder, 'results'), { recursive: true });
    // The report reads what `pnpm test` left in results/; here it is the night's record.
    const script = `${scriptOf(workflow, 'virtual-board', 'Report')} results/run.json --out=results/ci.html`;
    const report = await runScript(script);
    expect(report.exitCode, report.all).toBe(0);
  }, 60_000);
});

describe('.ci/run', () => {
  // Not the log of the run that this test is a part of.
  const run = (env: Record<string, string>) =>
    runScript('.ci/run', { WIREWRAP_CI_LOG: join(folder, 'ci.log'), ...env });
  const lastLine = (text: string | undefined) => text?.trimEnd().split('\n').at(-1);

  test('installs, checks, tests, and ends with the counts', async () => {
    await rm(join(folder, 'pnpm.log'), { force: true });
    const { exitCode, all } = await run({ STAND_IN_TEST: 'echo 12 passed, 0 failed, 3 skipped; echo done' });
    expect(exitCode, all).toBe(0);
    expect(lastLine(all)).toBe('12 passed, 0 failed, 3 skipped');
    const called = (await readFile(join(folder, 'pnpm.log'), 'utf8')).trim().split('\n');
    expect(called).toEqual(['install', 'check', 'test']);
  });

  test.for([
    ['a test fails', { STAND_IN_TEST: 'echo 11 passed, 1 failed, 3 skipped; false' }, '11 passed, 1 failed, 3 skipped'],
    [
      'the check fails',
      { STAND_IN_CHECK: 'false', STAND_IN_TEST: 'echo 1 passed, 0 failed, 0 skipped' },
      '1 passed, 0 failed, 0 skipped',
    ],
    [
      'the install fails',
      { STAND_IN_INSTALL: 'false', STAND_IN_TEST: 'echo 1 passed, 0 failed, 0 skipped' },
      '1 passed, 0 failed, 0 skipped',
    ],
    ['the tests say nothing', { STAND_IN_TEST: 'true' }, '0 passed, 1 failed, 0 skipped'],
    ['the tests crash', { STAND_IN_TEST: 'echo no; exit 9' }, '0 passed, 1 failed, 0 skipped'],
  ] as const)('fails when %s', async ([, env, counts]) => {
    const { exitCode, all } = await run(env);
    expect(exitCode).not.toBe(0);
    expect(lastLine(all)).toBe(counts);
  });

  const FAILED_RUN = [
    'seq 5000',
    'echo "⎯⎯ Failed Tests 1 ⎯⎯"',
    'echo " FAIL  |unit| a.test.ts > is red"',
    'echo "AssertionError: expected 1 to be 2"',
    'echo " Test Files  1 failed"',
    'seq 5000',
    'echo 1 passed, 1 failed, 0 skipped',
    'false',
  ].join('; ');

  test('prints what failed and why, and the rest only into ci.log', async () => {
    const { all = '' } = await run({ STAND_IN_TEST: FAILED_RUN, GITHUB_ACTIONS: '' });
    expect(all).toContain('FAIL  |unit| a.test.ts > is red\nAssertionError: expected 1 to be 2');
    expect(all.trimEnd().split('\n').slice(-3)).toEqual([
      ' FAIL  |unit| a.test.ts > is red',
      '',
      '1 passed, 1 failed, 0 skipped',
    ]);
    expect(all.split('\n').length).toBeLessThan(40);
    expect(await readFile(join(folder, 'ci.log'), 'utf8')).toContain('\n4999\n');
  });

  test('prints all of it on GitHub, which makes its annotations out of it', async () => {
    const { all } = await run({
      STAND_IN_TEST: 'echo ::error::red; echo 1 passed, 0 failed, 0 skipped',
      GITHUB_ACTIONS: '1',
    });
    expect(all).toContain('\n::error::red\n');
  });
});
