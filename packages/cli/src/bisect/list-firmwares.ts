import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { parseBoard } from '@wirewrap/boards';
import { CliError } from '../errors.ts';
import { findFirmware, firmwaresBetween } from '../flash/find-firmware.ts';
import { compareAge } from '../flash/firmware-version.ts';
import { type Candidate, fileCandidate, imageCandidate } from './candidate.ts';
import { revisionsBetween } from './git-range.ts';

/** What was typed of the firmwares. */
export interface NamedFirmwares {
  readonly good: string;
  readonly bad: string;
  /** Firmwares between the two. */
  readonly between: readonly string[];
  /** Folder in which versions are looked for. */
  readonly from: string;
  /** Repository of which `good` and `bad` are revisions; null: they are no revisions. */
  readonly repo: string | null;
  /** The chip of the board; asked for only where a folder has images for several. */
  readonly chip: () => Promise<string | null>;
}

/**
 * The firmwares on the way from the good one to the bad one, both included. Two versions stand for all that the folder has
 * between them; images are put in the order of their builds, everything else stays in the order in which it was named.
 */
export async function listFirmwares(named: NamedFirmwares): Promise<readonly Candidate[]> {
  const { good, bad, between, repo } = named;
  if (repo !== null) {
    if (between.length === 0) return await revisionsBetween(repo, good, bad);
    throw new CliError('BAD_USAGE', `With --build name two revisions and no more: ${between.join(', ')} is too much.`);
  }
  const words = [good, ...between, bad];
  const candidates: Candidate[] = [];
  for (const word of words) candidates.push(await candidateOf(word, named));
  const [first, last] = [candidates[0], candidates.at(-1)];
  if (!first || !last || keyOf(first) === keyOf(last)) {
    throw new CliError('BAD_USAGE', `${good} and ${bad} are one firmware; name two that differ.`);
  }
  if (between.length > 0) return inOrder(first, candidates.slice(1, -1), last).map(shortName);
  if (isVersion(good) && isVersion(bad) && first.source.kind === 'image' && last.source.kind === 'image') {
    const images = await firmwaresBetween(named.from, first.source.image, last.source.image);
    return [first, ...images.map((image) => imageCandidate(image)), last];
  }
  return candidates.map(shortName);
}

/** The file without its folder, where that tells them apart. */
function shortName(candidate: Candidate, _index: number, all: readonly Candidate[]): Candidate {
  if (candidate.source.kind === 'board') return candidate;
  const short = basename(candidate.name);
  const isUnique = all.filter(({ name }) => basename(name) === short).length === 1;
  return isUnique ? { ...candidate, name: short } : candidate;
}

/** A word like `1.26.1` that is no file. */
function isVersion(word: string): boolean {
  return /^v?\d+\.\d+/.test(word) && !existsSync(word);
}

async function candidateOf(word: string, { from, chip }: NamedFirmwares): Promise<Candidate> {
  if (existsSync(word)) return await fileCandidate(word);
  if (isVersion(word)) return imageCandidate(await findFirmware(from, word, { chip }));
  if (/^virtual(\?|$)|^[a-z][\w+.-]*:/i.test(word)) {
    parseBoard(word);
    return { name: word, source: { kind: 'board', url: word } };
  }
  throw new CliError(
    'BAD_USAGE',
    `There is no firmware ${word}; name a file, a version such as 1.26.1 with --from=FOLDER, or a board URL.`,
  );
}

/** What tells two candidates apart, however they were named. */
function keyOf({ name, source }: Candidate): string {
  if (source.kind === 'image') return realpathSync(source.image.path);
  return source.kind === 'file' ? realpathSync(source.path) : name;
}

/** `firmwares/*.bin` names the ends once more, and others that are no part of the way. */
function inOrder(first: Candidate, between: readonly Candidate[], last: Candidate): readonly Candidate[] {
  const ends = new Set([keyOf(first), keyOf(last)]);
  const others = [...new Map(between.map((candidate) => [keyOf(candidate), candidate])).values()].filter(
    (candidate) => !ends.has(keyOf(candidate)),
  );
  const direction = Math.sign(age(first, last));
  if (direction === 0 || others.some((other) => age(first, other) === 0)) return [first, ...others, last];
  const way = others.filter((other) => direction * age(first, other) > 0 && direction * age(other, last) > 0);
  return [first, ...way.toSorted((a, b) => direction * age(a, b)), last];
}

/** Above 0 where `b` is the newer one; 0 where nothing tells. */
function age(a: Candidate, b: Candidate): number {
  return a.source.kind === 'image' && b.source.kind === 'image' ? compareAge(b.source.image, a.source.image) : 0;
}
