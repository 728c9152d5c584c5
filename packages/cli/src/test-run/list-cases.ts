import { type CaseSelection, type ListedCase, selectCases } from '@wirewrap/conformance';

/** `wirewrap test --list`: the cases that a run would ask, with the claims and findings that they decide. */
export function formatCaseList(selection: CaseSelection, json: boolean): string {
  const cases = selectCases(selection);
  if (json) return `${JSON.stringify(cases, null, 2)}\n`;
  const width = Math.max(0, ...cases.map(({ id }) => id.length));
  const lines = cases.map((listed) => `${listed.id.padEnd(width)}  ${whatItDecides(listed)}`.trimEnd());
  return [...lines, '', `${cases.length} cases`, ''].join('\n');
}

function whatItDecides({ claims, findings }: ListedCase): string {
  return [...claims.map((id) => `claim ${id}`), ...findings.map((id) => `finding ${id}`)].join(', ');
}
