import { readFileSync } from 'node:fs';

/** What takes the place of some tests of TLS-Anvil here. Exactly one of the three says it. */
export interface CoverageRule {
  /** Regular expression over role, RFC, class and name, such as `client/tls12/rfc5246/ClientHello`. The first that fits counts. */
  readonly tests: string;
  /** Cases of ours by id; `bogo:` and a glob for cases of BoGo. */
  readonly covered?: readonly string[];
  /** Why no firmware can be asked. */
  readonly notApplicable?: string;
  /** Why nobody asks yet. */
  readonly missing?: string;
}

/** One test of TLS-Anvil and the rule that speaks of it. */
export interface CoveredTest {
  readonly id: string;
  /** Role, RFC, class and name. */
  readonly test: string;
  readonly rule: CoverageRule;
}

function data<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** TLS-Anvil's tests by id: role, RFC, class and name, as its repository had them on 2026-11-28. */
export const TLS_ANVIL_TESTS: Readonly<Record<string, string>> = data('./tls-anvil.json');

export const COVERAGE_RULES: readonly CoverageRule[] = data('./coverage-rules.json');

/** Every test of TLS-Anvil with its rule; those that no rule speaks of are left out. */
export function coveredTests(): CoveredTest[] {
  const rules = COVERAGE_RULES.map((rule) => ({ rule, pattern: new RegExp(rule.tests) }));
  return Object.entries(TLS_ANVIL_TESTS).flatMap(([id, test]) => {
    const rule = rules.find(({ pattern }) => pattern.test(test))?.rule;
    return rule === undefined ? [] : [{ id, test, rule }];
  });
}
