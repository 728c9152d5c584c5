import type { CaseExplanation } from './explain-case.ts';

/** What `wirewrap explain` prints for people: a line for each thing that is known. */
export function formatExplanation(explanation: CaseExplanation): string {
  const { question, observed, safety, claims, findings, detail, again, record } = explanation;
  const rows: (readonly [string, string])[] = [
    ['case', explanation.case],
    ...(question === null ? [] : questionRows(question)),
    ['observed', observed],
    ['safety', safety],
    ...claims.map(({ id, verdict, statement, knownDeviation }) => {
      const known = knownDeviation === undefined ? '' : ` (known: ${knownDeviation})`;
      return ['claim', `${id} ${verdict}: ${statement}${known}`] as const;
    }),
    ...findings
      .filter(({ seen }) => seen === true)
      .map(({ severity, title, advice }) => ['finding', `${severity}: ${title}. ${advice}`] as const),
    ...(detail?.failureClass === undefined ? [] : [['at fault', detail.failureClass] as const]),
    ...(detail?.error === undefined ? [] : [['error', detail.error] as const]),
    ['record', record],
    ['again', again],
  ];
  return rows.map(([name, text]) => `${name.padEnd(9)} ${text.replaceAll('\n', `\n${' '.repeat(10)}`)}\n`).join('');
}

function questionRows({ posed, wrong, careful, others }: NonNullable<CaseExplanation['question']>) {
  return [
    ['asked', posed] as const,
    ...(wrong === null ? [] : [['wrong', wrong] as const]),
    ['careful', careful] as const,
    ...(others === undefined ? [] : [['others', others] as const]),
  ];
}
