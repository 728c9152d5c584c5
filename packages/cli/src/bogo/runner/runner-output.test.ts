import { expect, test } from 'vitest';
import { RunnerOutput, type RunnerVerdict } from './runner-output.ts';

const output = `PASSED (Basic-Server)
FAILED (KeyUpdate-ToClient)
unexpected failure: local error 'EOF', child error 'exit status 1', stdout:

stderr:
OSError(-30464) MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE


UNIMPLEMENTED (Resume-Client)
FAILED (Late)
unexpected failure: local error 'read tcp [::1]:4711->[::1]:52: i/o timeout', child error 'none', stdout:

stderr:

PASS
`;

function read(chunks: readonly string[]): RunnerVerdict[] {
  const verdicts: RunnerVerdict[] = [];
  const reader = new RunnerOutput((verdict) => verdicts.push(verdict));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return verdicts;
}

const expected = [
  { id: 'Basic-Server', word: 'passed', message: '' },
  {
    id: 'KeyUpdate-ToClient',
    word: 'failed',
    message: "unexpected failure: local error 'EOF'; OSError(-30464) MBEDTLS_ERR_SSL_UNEXPECTED_MESSAGE",
  },
  { id: 'Resume-Client', word: 'unimplemented', message: '' },
  { id: 'Late', word: 'failed', message: "unexpected failure: local error 'read tcp [::1]->[::1]: i/o timeout'" },
];

test('reads the verdicts, and of a failure both ends, without ports', () => {
  expect(read([output])).toEqual(expected);
});

test('reads them in any pieces', () => {
  expect(read([...output])).toEqual(expected);
});
