import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expressionOf,
  type Job,
  needsOf,
  readWorkflow,
  runScript,
  stepOf,
  type Workflow,
  workflowFolder,
} from './workflow-files.ts';

/** `board-NAME` as the workflow writes it. */
const ofBoard = `board-${expressionOf('matrix.board')}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-workflows-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const runHere = (script: string, env?: Record<string, string>) => runScript(folder, script, env);
const scriptOf = (workflow: Workflow, job: string, name: string): string => stepOf(workflow, job, name).run;

/** What of the event and the run an expression may name: no script holds one, so also what a stranger wrote may be here. */
const GITHUB_FIELDS = new Set([
  'github.token',
  'github.repository',
  'github.server_url',
  'github.run_id',
  'github.event.issue.number',
  'github.event.comment.user.login',
  'github.event.comment.body',
]);

/** Whether an expression names something that the workflow has. */
function isKnown(expression: string, { on, jobs }: Workflow, job: Job): boolean {
  const [scope = '', name = '', part, field = ''] = expression.split('.');
  if (scope === 'matrix') return name in (job.strategy?.matrix ?? {});
  if (scope === 'inputs') return name in (on.workflow_dispatch?.inputs ?? {});
  if (scope === 'github') return GITHUB_FIELDS.has(expression);
  if (scope === 'steps') return part === 'outputs' && field !== '' && job.steps.some(({ id }) => id === name);
  if (scope !== 'needs' || !needsOf(job).includes(name)) return false;
  return part === 'result' || (part === 'outputs' && field in (jobs[name]?.outputs ?? {}));
}

const expressionsIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map(([, expression = '']) => expression);

describe('workflows', async () => {
  const names = (await readdir(workflowFolder)).filter((name) => name.endsWith('.yml'));

  test.for(names)('%s is correct', async (name) => {
    const { workflow } = await readWorkflow(name);
    expect(Object.keys(workflow.on).length).toBeGreaterThan(0);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const [id, job] of Object.entries(workflow.jobs)) {
      expect([job['runs-on']].flat().join(' '), id).toMatch(/^(ubuntu-\d\d\.\d\d|self-hosted board-.+)$/);
      for (const needed of needsOf(job)) expect(Object.keys(workflow.jobs)).toContain(needed);
      for (const expression of expressionsIn(JSON.stringify(job)))
        expect(isKnown(expression, workflow, job), `${id}: ${expression}`).toBe(true);
      for (const step of job.steps) {
        expect([step.uses, step.run].filter(Boolean), `${id}: a step uses an action or runs a script`).toHaveLength(1);
        if (step.uses) expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/);
        if (step.run) expect(step.name, 'a step that runs something has a name').toMatch(/^\w+/);
      }
    }
    // An expression inside a script would let who starts the workflow write shell.
    for (const { run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps))
      expect(run ?? '').not.toContain('${{');
  });

  test('a job on a runner of ours starts by the clock, by hand, or after a job that asked who wants it', async () => {
    for (const name of names) {
      const { workflow } = await readWorkflow(name);
      for (const job of Object.values(workflow.jobs)) {
        if (![job['runs-on']].flat().includes('self-hosted')) continue;
        const byUs = Object.keys(workflow.on).every((event) => ['schedule', 'workflow_dispatch'].includes(event));
        const asked = needsOf(job).includes('ask') && job.if === "needs.ask.outputs.sha != ''";
        expect(byUs || asked, name).toBe(true);
        expect(job.permissions ?? workflow.permissions, name).toEqual({ contents: 'read' });
        expect(JSON.stringify(job), `${name} hands a secret or the token to what it runs`).not.toMatch(
          /secrets\.|github\.token/,
        );
      }
    }
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
    const first = await runHere(script, env);
    expect(first).toMatchObject({
      exitCode: 0,
      all: expect.stringMatching(
        /^::notice title=No baseline for virtual::.*wirewrap baseline update .*virtual\.json --run=/,
      ),
    });
    await mkdir(baselines);
    await writeFile(join(baselines, 'virtual.json'), '{}');
    expect(await runHere(script, env)).toMatchObject({ exitCode: 0, all: '' });
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
    const night = await runHere(scriptOf(workflow, 'board', 'One night'), { ...env, VITEST_BLOB_LABEL: 'virtual' });
    expect({ exitCode: night.exitCode, all: night.all }).toMatchObject({
      exitCode: 0,
      all: expect.stringContaining('release done'),
    });

    expect(await readdir(join(history, 'virtual'))).toHaveLength(1);

    // What the artifact actions do.
    await mkdir(join(folder, 'nights'), { recursive: true });
    await cp(join(folder, 'results'), join(folder, 'nights', 'board-virtual'), { recursive: true });

    const page = await runHere(scriptOf(workflow, 'summary', 'One page for all boards'));
    expect({ exitCode: page.exitCode, all: page.all }).toMatchObject({ exitCode: 0 });
    expect((await stat(join(folder, 'results', 'report.html'))).size).toBeGreaterThan(10_000);
    const list = await runHere(scriptOf(workflow, 'summary', 'One list of all cases'), { NO_COLOR: '1' });
    expect(list.exitCode, list.all).toBe(0);
    expect(list.all).toMatch(/Tests\s+\d+ passed/);
  });

  test('every command of ci.yml runs', async () => {
    const { workflow } = await readWorkflow('ci.yml');
    const tests = {
      STAND_IN_TEST: 'echo 3 passed, 0 failed, 1 skipped',
      WIREWRAP_CI_LOG: join(folder, 'ci.log'),
    };
    const check = await runHere(scriptOf(workflow, 'virtual-board', 'Check and test on the virtual board'), tests);
    expect(check.exitCode, check.all).toBe(0);
    await cp(join(folder, 'results', 'nightly'), join(folder, 'results'), { recursive: true });
    // The report reads what `pnpm test` left in results/; here it is the night's record.
    const script = `${scriptOf(workflow, 'virtual-board', 'Report')} results/run.json --out=results/ci.html`;
    const report = await runHere(script);
    expect(report.exitCode, report.all).toBe(0);
  });
});

describe('.ci/run', () => {
  // Not the log of the run that this test is a part of.
  const run = (env: Record<string, string>) => runHere('.ci/run', { WIREWRAP_CI_LOG: join(folder, 'ci.log'), ...env });
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
