import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder, findOnPath } from '@wirewrap/virtual-board';
import { execa } from 'execa';
import { CliError } from '../../errors.ts';

/** tlsfuzzer's sources and a Python that can run them. Nothing of either lies in this repository. */
export interface Tlsfuzzer {
  readonly folder: string;
  readonly python: string;
}

/** The commit that tlsfuzzer.json was reviewed with, and SHA-256 of its scripts; tlsfuzzer has no releases. */
const REVIEWED = {
  commit: '14555fe211456c46deccc4b2d94751dbd894aece',
  sha256: '09274b72499945bb985cf8c6fa65618f682225c48669cafc9a19706f2602a7ca',
} as const;

/** What tlsfuzzer's requirements.txt asks for. */
const TLSLITE = '0.9.0b2';

const PROBE = 'import ecdsa, tlslite; print(tlslite.__version__)';
const PROBE_TIMEOUT_MS = 60_000;

export interface FindTlsfuzzerOptions {
  /** tlsfuzzer's folder, as `--sources` names it. */
  readonly folder?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * tlsfuzzer where `--sources` or WIREWRAP_TLSFUZZER says it is, else in the cache. Its Python is that of `venv` in the
 * folder, else `python3`.
 */
export async function findTlsfuzzer({ folder, env, signal }: FindTlsfuzzerOptions): Promise<Tlsfuzzer> {
  const place = resolve(folder ?? (env.WIREWRAP_TLSFUZZER || cacheFolder('tlsfuzzer')));
  await requireReviewed(place);
  const own = join(place, 'venv/bin/python');
  const python = existsSync(own) ? own : await findOnPath('python3');
  const install = `python3 -m venv ${join(place, 'venv')} && ${join(place, 'venv/bin/pip')} install --pre tlslite-ng==${TLSLITE}`;
  if (python === undefined) {
    throw new CliError(
      'MISSING_TOOL',
      `tlsfuzzer needs Python, and there is no python3 on PATH: install it, then ${install}.`,
    );
  }
  const { stdout, exitCode } = await execa(python, ['-c', PROBE], {
    reject: false,
    stdin: 'ignore',
    timeout: PROBE_TIMEOUT_MS,
    ...(signal ? { cancelSignal: signal } : {}),
  });
  signal?.throwIfAborted();
  if (exitCode !== 0) {
    throw new CliError('MISSING_TOOL', `${python} has no tlslite-ng, which tlsfuzzer needs: ${install}.`);
  }
  if (stdout.trim() !== TLSLITE) {
    throw new CliError(
      'MISSING_TOOL',
      `${python} has tlslite-ng ${stdout.trim()}, and tlsfuzzer.json was reviewed with ${TLSLITE}: ${install}.`,
    );
  }
  return { folder: place, python };
}

async function requireReviewed(folder: string): Promise<void> {
  const scripts = join(folder, 'tlsfuzzer/_apps');
  const names = await readdir(scripts).catch((cause: NodeJS.ErrnoException) => {
    throw new CliError(
      'BAD_FILE',
      `There is no tlsfuzzer in ${folder} (${cause.code}): git clone https://github.com/tlsfuzzer/tlsfuzzer there and check out ${REVIEWED.commit.slice(0, 12)}, or name its folder with --sources or WIREWRAP_TLSFUZZER.`,
      { cause },
    );
  });
  const hash = createHash('sha256');
  for (const name of names.filter((each) => /^test_.*\.py$/.test(each)).sort()) {
    hash.update(`${name}\n`).update(await readFile(join(scripts, name)));
  }
  const found = hash.digest('hex');
  if (found === REVIEWED.sha256) return;
  throw new CliError(
    'BAD_FILE',
    `${folder} is another version of tlsfuzzer (SHA-256 ${found.slice(0, 12)} of its scripts) than the one that tlsfuzzer.json judges (${REVIEWED.sha256.slice(0, 12)}); check out ${REVIEWED.commit.slice(0, 12)} there.`,
  );
}
