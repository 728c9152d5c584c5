import { said, type Watched } from './answers.ts';
import type { BisectResult, FirmwareResult } from './bisect-result.ts';

/** How many of a list are named. */
const NAMED = 5;

/** What a firmware is, in a line. */
export function formatFirmware({ name, state, reason, changed, other }: FirmwareResult, width: number): string {
  const called = name.padEnd(width);
  if (state === 'skipped') return `  ${called}  skipped: ${reason}\n`;
  if (state === null) return `  ${called}  not tried\n`;
  if (state === 'good') return `  ${called}  as the good one\n`;
  const neither = other.length === 0 ? '' : `, and not as the bad one: ${some(other.map(describeOther))}`;
  return `  ${called}  shows it: ${some(changed)}${neither}\n`;
}

/** What is looked for: a line for each thing that differs. */
export function formatWatched(watched: readonly Watched[]): string {
  const lines = watched.slice(0, NAMED).map(({ name, good, bad }) => `  ${name}: ${said(good)} -> ${said(bad)}\n`);
  const more = watched.length > NAMED ? [`  and ${watched.length - NAMED} more\n`] : [];
  return [...lines, ...more].join('');
}

/** The answer, and what speaks against it. */
export function formatAnswer(result: BisectResult): string {
  const { first, lastGood, skippedBetween, turns, firmwares } = result;
  const untried = firmwares.filter(({ state }) => state === null).length;
  const lines =
    skippedBetween.length === 0
      ? [`The first firmware that shows it is ${first}; ${lastGood}, before it, does not.`]
      : [
          `The first firmware that shows it is ${[...skippedBetween, first].join(' or ')}: those between ${lastGood} and ${first} were skipped.`,
        ];
  if (turns.length > 1) lines.push(`It comes and goes: the behaviour changes at ${turns.join(', ')}.`);
  if (untried > 0) lines.push(`${untried} of ${firmwares.length} firmwares were not tried (--all tries them).`);
  return lines.map((line) => `${line}\n`).join('');
}

function describeOther({ name, value }: FirmwareResult['other'][number]): string {
  return `${name} ${said(value)}`;
}

function some(texts: readonly string[]): string {
  const more = texts.length - NAMED;
  return more > 0 ? `${texts.slice(0, NAMED).join(', ')} and ${more} more` : texts.join(', ');
}
