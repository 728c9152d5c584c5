import type { Outcome } from './outcome.ts';

/** Parts of the mutants that were reached. */
const GOALS = [
  { what: 'caught with a baseline', least: 0.95, of: ({ caught }: Outcome): boolean => caught },
  { what: 'red without one', least: 0.7, of: ({ red }: Outcome): boolean => red },
  { what: 'told with their cause', least: 0.9, of: ({ named }: Outcome): boolean => named },
] as const;

/** What falls short of the goals, a sentence each; empty when all of them are met. */
export function shortfalls(outcomes: readonly Outcome[], alarms: number): string[] {
  const reached = outcomes.filter(({ triggered }) => triggered);
  const short = GOALS.flatMap(({ what, least, of }) => {
    const number = reached.filter(of).length;
    const met = number >= least * reached.length;
    return met
      ? []
      : [`${number} of ${reached.length} mutants are ${what}; ${Math.round(least * 100)} % are asked for`];
  });
  return alarms === 0 ? short : [...short, `${alarms} unchanged runs gave a false alarm; none may`];
}
