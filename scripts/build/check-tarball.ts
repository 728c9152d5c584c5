import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { PackedPackage } from './pack-packages.ts';

/** The packages are ES modules with `exports`; Node 10 and `require` from TypeScript's node16 are not served. */
const notServed: readonly string[] = ['node10', 'node16-cjs'];

/** What publint and "are the types wrong" say against a tarball, a sentence each. */
export async function checkTarball({ name, tarball }: PackedPackage): Promise<string[]> {
  const bytes = new Uint8Array(await readFile(tarball));
  const { messages, pkg } = await publint({ pack: { tarball: bytes.slice().buffer }, strict: true });
  const linted = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
  const { types, ...analysis } = await checkPackage(createPackageFromTarballData(bytes));
  const problems = types === false ? ['it has no types.'] : 'problems' in analysis ? analysis.problems : [];
  const wrong = problems.flatMap((problem) => (typeof problem === 'string' ? [problem] : sentenceOf(problem)));
  return [...linted, ...wrong].map((problem) => `${name}: ${problem}`);
}

function sentenceOf(problem: Problem): string[] {
  if ('resolutionKind' in problem && notServed.includes(problem.resolutionKind)) return [];
  const where = 'entrypoint' in problem ? ` (${problem.entrypoint}, ${problem.resolutionKind})` : '';
  return [`${problemKindInfo[problem.kind].title}${where}.`];
}
