import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { wirewrap } from './wirewrap.ts';

const baseline = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/baselines/${name}.json`, import.meta.url));

test.for([
  ['bogo-debian-1.25.0', 'bogo-esp32-like-1.26.1', /^BoGo: \d+ changed, \d+ the same\nchanged {2}\S+\n {2}- /, 1],
  ['limbo-debian-1.25.0', 'limbo-debian-1.26.1', /^x509-limbo.*: no change, 189 the same$/, 0],
  [
    'upstream-tests-debian-1.25.0',
    'upstream-tests-debian-1.26.1',
    /^MicroPython's own tests: 3 changed, 40 the same/,
    1,
  ],
] as const)('wirewrap compare takes %s and %s', async ([before, after, says, code]) => {
  const { exitCode, stdout, stderr } = await wirewrap(['compare', baseline(before), baseline(after)]);
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
  expect(stdout).toMatch(says);
});

test.for([
  [
    'bogo-debian-1.25.0',
    'limbo-debian-1.25.0',
    /One record is of BoGo, the other of x509-limbo.*; compare two records/,
  ],
  [
    'bogo-debian-1.25.0',
    'debian-1.25.0',
    /one is a run record and one is of bogo, .* or corpus; compare two of one kind\.$/,
  ],
] as const)('wirewrap compare says in one sentence why %s and %s cannot be compared', async ([before, after, says]) => {
  const { exitCode, stdout, stderr } = await wirewrap(['compare', baseline(before), baseline(after)]);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(says) });
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('wirewrap explain says what BoGo sees of a fault that ends at our Finished', async () => {
  const args = ['explain', 'fault/unknown-extension', baseline('esp32-like-1.26.1')];
  const { exitCode, stdout } = await wirewrap(args);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^others {4}BoGo \(UnknownExtension-Client\), .*: the connection completes/m),
  });
  const json = await wirewrap([...args, '--json']);
  expect(JSON.parse(json.stdout).question.others).toMatch(/^BoGo \(UnknownExtension-Client\)/);
});
