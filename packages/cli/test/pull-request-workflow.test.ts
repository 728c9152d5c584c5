import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUN_RECORD_SCHEMA, readRunRecord } from '@wirewrap/conformance';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COMMENT_MARKER } from '../src/report/index.ts';
import { workspaceRoot } from '../src/repository.ts';
import { wirewrap } from './wirewrap.ts';
import { expressionOf, readWorkflow, runScript, stepOf, templateFolder } from './workflow-files.ts';

const { workflow: ours } = await readWorkflow('pull-request.yml');
/** What `wirewrap init --pull-request` writes. */
const { workflow: template } = await readWorkflow('pull-request.yml.template', templateFolder);
const HEAD = '0123456789abcdef0123456789abcdef01234567';
const COMMENTS = 'repos/o/r/issues/7/comments';
/** Stands for GitHub with jq, which `gh` has inside. */
const hasJq = spawnSync('jq', ['--version']).status === 0;
const needsJq = hasJq ? '' : ' (skipped: jq is not installed)';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirewrap-pull-request-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const answer = (path: string, value: unknown) =>
  writeFile(join(folder, `${path.replaceAll('/', '_')}.json`), JSON.stringify(value));
const env = () => ({ GH_TOKEN: 't', GH_STAND_IN: folder, REPO: 'o/r', PULL: '7', SHA: HEAD });

test('a project of its own asks who may, and writes the comment, as this repository does', () => {
  expect(template.jobs.ask).toEqual(ours.jobs.ask);
  expect({ ...template.jobs.comment, steps: [] }).toEqual({ ...ours.jobs.comment, steps: [] });
  expect(template.jobs.comment?.steps.at(-1)).toEqual(ours.jobs.comment?.steps.at(-1));
});

test('wirewrap init --pull-request writes it, and its commands run in that project', async () => {
  const project = join(folder, 'project');
  const { exitCode, stdout } = await wirewrap(['init', project, '--pull-request']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^wrote \.github\/workflows\/pull-request\.yml$/m);
  expect(stdout).toMatch(/^Read at its head what the runner must not be given: /m);
  expect(stdout).not.toContain('nightly.yml');
  await mkdir(join(project, 'node_modules', '@wirewrap'), { recursive: true });
  await symlink(join(workspaceRoot, 'packages/matchers'), join(project, 'node_modules/@wirewrap/matchers'));
  await symlink(join(workspaceRoot, 'packages/cli'), join(project, 'node_modules/wirewrap'));
  await symlink(join(workspaceRoot, 'node_modules/vitest'), join(project, 'node_modules/vitest'));
  const { workflow } = await readWorkflow('pull-request.yml', join(project, '.github/workflows'));
  const { run } = stepOf(workflow, 'board', 'The commit on the board');
  const few = { BOARD: 'virtual', STAND_IN_FILTERS: 'tls.test module.test' };
  const night = await runScript(project, run, few, project);
  expect(night.exitCode, night.all).toBe(0);
  const record = await readRunRecord(join(project, 'results/pull-request/run.json'));
  const cases = record.observations.map((item) => item.case);
  expect(cases).toEqual(expect.arrayContaining(['module/names', 'own/with default arguments it trusts anything']));
});

describe.for([
  ['pull-request.yml', ours],
  ['the one that wirewrap init writes', template],
] as const)('%s', ([, workflow]) => {
  const { ask, board, comment } = workflow.jobs;

  test('only a comment starts it, with nothing but reading allowed by default', () => {
    expect(workflow.on).toEqual({ issue_comment: { types: ['created'] } });
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(ask?.if?.replace(/\s+/g, ' ')).toBe(
      "github.event.issue.pull_request && github.event.issue.state == 'open' && startsWith(github.event.comment.body, '/wirewrap test')",
    );
  });

  test('who asks is checked on a machine of GitHub, before any code of the pull request is there', () => {
    expect(ask?.['runs-on']).toMatch(/^ubuntu-/);
    expect(ask?.permissions).toEqual({ 'pull-requests': 'read' });
    expect(ask?.steps.map(({ uses }) => uses)).toEqual([undefined]);
  });

  test('the job on the board reads only, checks out exactly the commit that was asked for, and keeps no token', () => {
    expect(board?.needs).toBe('ask');
    expect(board?.if).toBe("needs.ask.outputs.sha != ''");
    expect(board?.permissions).toEqual({ contents: 'read' });
    const checkouts = board?.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')) ?? [];
    expect(checkouts.map((step) => step.with)).toEqual([
      { ref: expressionOf('needs.ask.outputs.sha'), 'persist-credentials': false },
    ]);
    expect(JSON.stringify(board)).not.toMatch(/secrets|github\.(token|event|head_ref)/);
  });

  test('the job that may write comments runs the code of the default branch only', () => {
    expect(comment?.needs).toEqual(['ask', 'board']);
    expect(comment?.if).toBe("always() && needs.ask.outputs.sha != ''");
    expect(comment?.['runs-on']).toMatch(/^ubuntu-/);
    expect(comment?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    const checkouts = comment?.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')) ?? [];
    expect(checkouts.map((step) => step.with)).toEqual([{ 'persist-credentials': false }]);
    const [writer] = Object.entries(workflow.jobs).filter(([, job]) => job.permissions?.['pull-requests'] === 'write');
    expect(writer?.[0]).toBe('comment');
  });

  test('two runs of one pull request comment one after the other', () => {
    expect(comment?.concurrency).toEqual({
      group: `pull-request-comment-${expressionOf('github.event.issue.number')}`,
      'cancel-in-progress': false,
    });
  });

  test('the commit is run on the board, and leaves what the next job reads', async () => {
    const { run } = stepOf(workflow, 'board', 'The commit on the board');
    const few = { BOARD: 'virtual', STAND_IN_FILTERS: 'module.test.ts -t signature/keyword' };
    const { exitCode, all } = await runScript(folder, run, few);
    expect(exitCode, all).toBe(0);
    expect(await readdir(join(folder, 'results', 'pull-request'))).toEqual(
      expect.arrayContaining(['run.json', 'report.html', 'nightly.json']),
    );
  });

  describe.skipIf(!hasJq)(`whether the commenter may ask${needsJq}`, () => {
    const { run } = stepOf(workflow, 'ask', 'Whether the commenter may ask, and for this commit');
    const asks = async (COMMENT: string, COMMENTER = 'writer') => {
      const GITHUB_OUTPUT = join(folder, 'output');
      await writeFile(GITHUB_OUTPUT, '');
      const { exitCode, all } = await runScript(folder, run, { ...env(), COMMENT, COMMENTER, GITHUB_OUTPUT });
      return { exitCode, all, output: await readFile(GITHUB_OUTPUT, 'utf8') };
    };

    beforeAll(async () => {
      await answer('repos/o/r/pulls/7', { head: { sha: HEAD } });
      for (const permission of ['admin', 'write', 'read', 'none'])
        await answer(`repos/o/r/collaborators/${permission === 'write' ? 'writer' : permission}/permission`, {
          permission,
        });
    });

    test.for([
      ['writer', `/wirewrap test ${HEAD}`],
      ['admin', `/wirewrap test ${HEAD}\r\n`],
    ] as const)('%s may, with %j', async ([commenter, text]) => {
      expect(await asks(text, commenter)).toMatchObject({ exitCode: 0, output: `sha=${HEAD}\n` });
    });

    test.for(['read', 'none'])('somebody with permission %s may not, and nothing turns red', async (commenter) => {
      const { exitCode, all, output } = await asks(`/wirewrap test ${HEAD}`, commenter);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: '' });
      expect(all).toMatch(/^::notice title=Not run::/);
    });

    test('somebody whom GitHub does not know may not', async () => {
      const { exitCode, output } = await asks(`/wirewrap test ${HEAD}`, 'unknown');
      expect({ failed: exitCode !== 0, output }).toEqual({ failed: true, output: '' });
    });

    test.for([
      ['no commit', '/wirewrap test'],
      ['the beginning of a commit', `/wirewrap test ${HEAD.slice(0, 12)}`],
      ['a branch', '/wirewrap test main'],
      ['more than a commit', `/wirewrap test ${HEAD} please`],
      ['a commit in another line', `/wirewrap test ${HEAD}\n/wirewrap test ${HEAD}`],
      ['a command', `/wirewrap test $(touch $GH_STAND_IN/executed); ${HEAD}`],
      ['a commit that is not the head', `/wirewrap test ${'f'.repeat(40)}`],
    ] as const)('%s is refused', async ([, text]) => {
      const { exitCode, all, output } = await asks(text);
      expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
      expect(all).toMatch(/^::error title=Not run::[^\n]+$/);
      expect(await readdir(folder)).not.toContain('executed');
    });
  });

  describe.skipIf(!hasJq)(`the comment${needsJq}`, () => {
    const { run: page } = stepOf(workflow, 'comment', 'One page for all boards');
    const { run: text } = stepOf(workflow, 'comment', 'What the comment says');
    const { run: post } = stepOf(workflow, 'comment', 'One comment, edited when it is there');
    const address = {
      PAGE: 'https://github.com/o/r/actions/runs/1/artifacts/2',
      RUN: 'https://github.com/o/r/actions/runs/1',
    };

    /** The steps of the job between download and post. */
    const comments = async (RESULT: string) => {
      for (const script of [page, text, post]) {
        const { exitCode, all } = await runScript(folder, script, { ...env(), ...address, RESULT });
        expect(exitCode, all).toBe(0);
      }
      return JSON.parse(await readFile(join(folder, `${COMMENTS.replaceAll('/', '_')}.json`), 'utf8'));
    };
    const leaveRecord = async (value: string) => {
      const place = join(folder, 'boards', 'pull-desk-esp32');
      await mkdir(place, { recursive: true });
      const record = {
        schema: RUN_RECORD_SCHEMA,
        board: { machine: 'Generic ESP32', version: '1.26.1' },
        claims: [],
        observations: [{ case: 'client/x', value }],
        measurements: [],
      };
      await writeFile(join(place, 'run.json'), JSON.stringify(record));
    };

    beforeEach(async () => {
      await rm(join(folder, 'boards'), { recursive: true, force: true });
      await rm(join(folder, 'results'), { recursive: true, force: true });
      await answer(COMMENTS, [
        { id: 1, user: { login: 'stranger' }, body: `${COMMENT_MARKER}\nmine` },
        { id: 2, user: { login: 'github-actions[bot]' }, body: 'of another workflow' },
      ]);
    });

    test('is posted once and edited from then on; no other one is touched', async () => {
      await leaveRecord('one');
      const [stranger, other, ours, ...more] = await comments('success');
      expect([stranger.body, other.body, more]).toEqual([`${COMMENT_MARKER}\nmine`, 'of another workflow', []]);
      expect(ours.body.split('\n').slice(0, 4)).toEqual([
        COMMENT_MARKER,
        '## Wirewrap: green',
        '',
        `Commit \`${HEAD}\`. [The page](<${address.PAGE}>) has every case and what went over the wire.`,
      ]);
      expect(ours.body).toMatch(/\n\[The jobs on the boards\]\(https:.*\): success\.\n$/);

      await rm(join(folder, 'boards'), { recursive: true });
      await rm(join(folder, 'results'), { recursive: true });
      const again = await comments('failure');
      expect(again).toHaveLength(3);
      expect(again[2]).toMatchObject({ id: ours.id, body: expect.stringMatching(/^.*\n## Wirewrap: no record\n/) });
      expect(again[2].body.split('\n')[0]).toBe(COMMENT_MARKER);
      expect(again[2].body).toContain('): failure.');
    });

    test('a record that is none gives a comment that says so', async () => {
      await leaveRecord('one');
      await cp(import.meta.filename, join(folder, 'boards', 'pull-desk-esp32', 'run.json'));
      const [, , ours] = await comments('success');
      expect(ours.body).toContain('No board left a record of');
    });
  });
});
