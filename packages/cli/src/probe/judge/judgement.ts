/** `bad`: a standard forbids it or it gives no protection. `weak`: discouraged. `good`: nothing against it. */
export type Mark = 'bad' | 'weak' | 'good';

/** What somebody who judges a board looks at. */
export type Subject =
  | 'version'
  | 'cipher suite'
  | 'group'
  | 'signature'
  | 'extension'
  | 'certificate accepted by default'
  | 'certificate accepted with CERT_REQUIRED';

/** One thing that the board does or lacks, with its mark and the reason. */
export interface Grade {
  readonly role: 'client' | 'server';
  readonly subject: Subject;
  readonly name: string;
  readonly mark: Mark;
  readonly reason: string;
}

/** A row of a table of rules: the first whose pattern fits the name counts. */
export interface Rule {
  readonly names: RegExp;
  readonly mark: Mark;
  readonly reason: string;
}

export function markOf(rules: readonly Rule[], name: string): Pick<Grade, 'mark' | 'reason'> {
  const rule = rules.find(({ names }) => names.test(name));
  return rule ?? { mark: 'weak', reason: 'not known here; look it up' };
}
