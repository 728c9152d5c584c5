import { alignedTable } from '../aligned-table.ts';
import { SECOND_ORACLE } from '../safety/second-oracle.ts';
import { type CoverageRule, type CoveredTest, coveredTests } from './coverage.ts';

const INTRO = `# What is tested of TLS-Anvil's list

[TLS-Anvil](https://github.com/tls-attacker/TLS-Anvil) tests TLS libraries on PCs against the RFCs. Its 437 tests are a checklist here: which of them
our own cases or BoGo's ([bogo](bogo.md)) cover, which do not apply to any firmware, and which are missing. "Covered" means that the same
thing is tested, not that the board passes: that is in the records. TLS-Anvil varies each test over suites and versions; a case here mostly
tests one.

This page is made by \`node packages/cli/bin/run.mjs scripts/coverage-page.ts\` from \`packages/conformance/src/coverage\`.
`;

const SECOND = `## Faults that BoGo judges further

These faults change bytes on the wire, which breaks our own Finished: a client that ignores the fault fails there, and the record says
"goes on; ends at our Finished", which is never compared. BoGo makes the same wrong message before it hashes the handshake, so it sees how
the connection ends.
With the TLS options of an ESP32 (\`fixtures/baselines/bogo-esp32-like-1.26.1.json\`):
`;

const STATES = ['covered', 'missing', 'not applicable'] as const;
type State = (typeof STATES)[number];
const ROLES = ['client', 'server', 'both'] as const;

function stateOf({ covered, missing }: CoverageRule): State {
  if (covered !== undefined) return 'covered';
  return missing === undefined ? 'not applicable' : 'missing';
}

function textOf({ covered, missing, notApplicable }: CoverageRule): string {
  if (covered === undefined) return missing ?? notApplicable ?? '';
  return covered.map((by) => `\`${by.replace(/^bogo:/, 'BoGo ')}\``).join(', ');
}

/** docs/coverage.md: TLS-Anvil's tests by role and RFC. */
export function coveragePage(): string {
  const tests = coveredTests();
  const count = (role: string, state: State): number =>
    tests.filter(({ test, rule }) => test.startsWith(`${role}/`) && stateOf(rule) === state).length;
  const total = (state: State): number => ROLES.reduce((sum, role) => sum + count(role, state), 0);
  const counts = [
    ['', ...ROLES, 'all'],
    ...STATES.map((state) => [state, ...ROLES.map((role) => String(count(role, state))), String(total(state))]),
  ];
  const groups = Map.groupBy(tests, ({ test }) => test.split('/').slice(0, 3).join('/'));
  const sections = [...groups].map(([group, rows]) => `## ${group}\n\n${table([HEADS, ...rows.map(rowOf)])}\n`);
  return `${INTRO}\n${table(counts)}\n\n${SECOND}\n${secondOracle()}\n\n${sections.join('\n')}`;
}

const HEADS = ['id', 'test', 'state', 'by, or why'];

function secondOracle(): string {
  const rows = SECOND_ORACLE.map(({ fault, bogo, sees }) => [`\`${fault}\``, `\`${bogo}\``, sees]);
  return table([['fault', 'case of BoGo', 'what BoGo sees'], ...rows]);
}

function rowOf({ id, test, rule }: CoveredTest): string[] {
  return [id, test.split('/').slice(3).join('/'), stateOf(rule), textOf(rule)];
}

function table(rows: readonly (readonly string[])[]): string {
  return alignedTable(rows).join('\n');
}
