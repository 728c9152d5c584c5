import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { ProvisionOptions } from './provision-options.ts';

const APT_TIMEOUT_MS = 180_000;

/** Runs `apt-get` with these arguments. */
export type Apt = (...args: string[]) => Promise<unknown>;

/**
 * apt with lists, state and cache of its own below `work`: the machine's are neither read nor changed, and no root is
 * needed. Signatures are checked as always.
 *
 * @param lines the lines of its sources.list
 * @param folder where `apt-get source` and `apt-get download` put what they fetch; default: the current folder
 */
export async function privateApt(
  work: string,
  lines: readonly string[],
  options: ProvisionOptions,
  folder?: string,
): Promise<Apt> {
  for (const name of ['state/lists/partial', 'cache/archives/partial', 'empty']) {
    await mkdir(join(work, name), { recursive: true });
  }
  await writeFile(join(work, 'sources.list'), lines.map((line) => `${line}\n`).join(''));
  await writeFile(join(work, 'status'), '');
  const settings: Readonly<Record<string, string>> = {
    'Dir::Etc::sourcelist': join(work, 'sources.list'),
    'Dir::Etc::sourceparts': join(work, 'empty'),
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': join(work, 'empty'),
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
    'Debug::NoLocking': '1',
  };
  const config = join(work, 'apt.conf');
  await writeFile(
    config,
    Object.entries(settings)
      .map(([name, value]) => `${name} "${value}";\n`)
      .join(''),
  );
  return async (...args) =>
    await execa('apt-get', ['-q', '-y', ...args], {
      env: { APT_CONFIG: config, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      stdin: 'ignore',
      timeout: APT_TIMEOUT_MS,
      cancelSignal: options.signal,
      ...(folder === undefined ? {} : { cwd: folder }),
    });
}

/** One line of what apt or dpkg said. */
export function aptReason(error: unknown): string {
  const { stderr, stdout, shortMessage, code, timedOut } = error as {
    stderr?: string;
    stdout?: string;
    shortMessage?: string;
    code?: string;
    timedOut?: boolean;
  };
  if (code === 'ENOENT') return 'apt-get or dpkg is not installed';
  if (timedOut) return `no answer within ${APT_TIMEOUT_MS / 1000} s`;
  const lines = `${stderr ?? ''}\n${stdout ?? ''}`.split('\n');
  const line =
    lines.find((text) => /^E: (?!Some index)/.test(text)) ?? lines.find((text) => /^(?:E|W|Err)[: ]/.test(text));
  return (line ?? shortMessage ?? (error as Error).message).replace(/^E: /, '').trim();
}
