import type { CommandContext, CommandOption } from '../command.ts';

export type CaseOptionName =
  | 'suites'
  | 'suite'
  | 'quick'
  | 'claim'
  | 'finding'
  | 'case'
  | 'failed'
  | 'count'
  | 'until-fail'
  | 'shuffle';

/** Options that choose cases by what they are, without a regular expression. */
export const CASE_OPTIONS: Readonly<Record<CaseOptionName, CommandOption>> = {
  suites: {
    type: 'boolean',
    description: "Run Wirewrap's suites, too: in a project of one's own, beside its tests.",
  },
  suite: {
    type: 'string',
    multiple: true,
    placeholder: 'NAME,…',
    description:
      "Only these suites; repeatable. 'default' stands for those of a whole run; cve, exhaustion, timeouts, peergone, newest, webpki, libraries, serverfaults and fields run only when they are named.",
  },
  quick: {
    type: 'boolean',
    description: 'Only the cases that a claim or a finding names (the same as WIREWRAP_CASES=claims).',
  },
  claim: {
    type: 'string',
    multiple: true,
    placeholder: 'ID',
    description: 'Only the cases of this claim; repeatable.',
  },
  finding: {
    type: 'string',
    multiple: true,
    placeholder: 'ID',
    description: 'Only the cases of this finding; repeatable.',
  },
  case: {
    type: 'string',
    multiple: true,
    placeholder: 'GLOB',
    description: "Only these cases, such as 'client/required/*'; repeatable.",
  },
  failed: { type: 'boolean', description: 'Only what failed in the last run of this board.' },
  count: {
    type: 'string',
    placeholder: 'N',
    description:
      'Run each case N times: one that does not show the same each time fails, and its outcomes are counted.',
  },
  'until-fail': {
    type: 'boolean',
    description:
      'Run each case until it shows something else, at most --count times (default 100); the run ends there.',
  },
  shuffle: {
    type: 'string',
    placeholder: 'SEED',
    description: 'Ask suites and cases in the order of this whole number; random draws one and prints it.',
  },
};

/** Whether cases are picked one by one, so that nothing but the suites is asked. */
export function picksCases({ values }: Pick<CommandContext, 'values'>): boolean {
  return ['suite', 'claim', 'finding', 'case', 'failed'].some((name) => values[name] !== undefined);
}
