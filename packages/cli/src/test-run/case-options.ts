import type { CommandContext, CommandOption } from '../command.ts';

/** Options that choose cases by what they are, without a regular expression. */
export const caseOptions = {
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
} satisfies Record<string, CommandOption>;

/** Whether cases are picked one by one, so that nothing but the suites is asked. */
export function picksCases({ values }: Pick<CommandContext, 'values'>): boolean {
  return ['claim', 'finding', 'case', 'failed'].some((name) => values[name] !== undefined);
}
