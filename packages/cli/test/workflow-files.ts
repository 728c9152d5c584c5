import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { workspaceRoot } from '../src/repository.ts';
import { cleanEnvironment } from './wirewrap.ts';

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly 'runs-on': unknown;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly strategy?: { readonly matrix: Record<string, unknown[]> };
  readonly env?: Record<string, string>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Record<string, { readonly inputs?: Record<string, unknown>; readonly types?: string[] } | null>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

export const workflowFolder = join(workspaceRoot, '.github', 'workflows');

/** Those that `wirewrap init` writes. */
export const templateFolder = join(import.meta.dirname, '..', 'src', 'init', 'templates');

export async function readWorkflow(
  name: string,
  folder = workflowFolder,
): Promise<{ workflow: Workflow; text: string }> {
  const text = await readFile(join(folder, name), 'utf8');
  return { workflow: parse(text) as Workflow, text };
}

/** `${{ EXPRESSION }}` as a workflow writes it. */
export const expressionOf = (expression: string): string => ['$', `{{ ${expression} }}`].join('');

/** Jobs that a job waits for. */
export const needsOf = ({ needs }: Job): readonly string[] => (needs === undefined ? [] : [needs].flat());

const standIns = join(import.meta.dirname, 'stand-ins');

/** Runs a step's script as a runner does (`bash -e`), with its files in the folder and no download. */
export function runScript(folder: string, script: string, env: Record<string, string> = {}, cwd = workspaceRoot) {
  const here = script.replaceAll(/(?<![\w/])(results|nights|boards)\//g, `${folder}/$1/`);
  return execa('bash', ['-e', '-o', 'pipefail', '-c', here], {
    cwd,
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

export function stepOf(workflow: Workflow, job: string, name: string): Step & { readonly run: string } {
  const step = workflow.jobs[job]?.steps.find((candidate) => candidate.name === name);
  if (!step?.run) throw new Error(`no step '${name}' in job '${job}'`);
  return { ...step, run: step.run };
}
