import { expect, test } from 'vitest';
import { type ConversationVerdict, ScriptOutput } from './script-output.ts';

const SCRIPT = `sanity ...
connection 40001
OK

FALLBACK - hello TLSv1.1 - pos 1 ...
connection 40002
Error encountered while processing node <tlsfuzzer.expect.ExpectAlert> (child: None) with last message being: None
Error while processing
Traceback (most recent call last):
  File "x.py", line 1, in main
    runner.run()
AssertionError: Expected alert description "inappropriate_fallback" does not match received "protocol_version"

sanity ...
connection 40003
connection 40004
Error while processing
Traceback (most recent call last):
  File "x.py", line 1, in main
    runner.run()
AssertionError: Unexpected closure from peer
Tool to test ...

Test end
====================
TOTAL: 3
FAILED:
\t'sanity'
ended 1
`;

test.for([1, 7, 10_000])('a script is read in pieces of %d characters', async (size) => {
  const verdicts: ConversationVerdict[] = [];
  const output = new ScriptOutput((verdict) => verdicts.push(verdict));
  // What follows the last conversation is a description: without its dots, which make it a name.
  const text = SCRIPT.replace('Tool to test ...', 'Tool to test');
  for (let at = 0; at < text.length; at += size) output.push(text.slice(at, at + size));
  expect(verdicts).toEqual([
    { name: 'sanity', passed: true, message: '', ports: [40001] },
    {
      name: 'FALLBACK - hello TLSv1.1 - pos 1',
      passed: false,
      message:
        'AssertionError: Expected alert description "inappropriate_fallback" does not match received "protocol_version"',
      ports: [40002],
    },
    { name: 'sanity', passed: false, message: 'AssertionError: Unexpected closure from peer', ports: [40003, 40004] },
  ]);
  expect(output.summarized).toBe(true);
  expect(await output.ended).toBe(1);
});

test('a script that ends before its summary says so, and how it ended', async () => {
  const output = new ScriptOutput(() => {});
  output.push('sanity ...\nended -9\n');
  expect(output.summarized).toBe(false);
  expect(await output.ended).toBe(-9);
});

test('conversations that a script repeats are read, whichever way it writes them', () => {
  const names: string[] = [];
  const output = new ScriptOutput(({ name, passed }) => names.push(`${name} ${passed}`));
  output.push(
    '"sanity" repeat 0...\nconnection 1\nOK\n\n"After 2" repeat 1\nconnection 2\nError while processing\n\nTest end\n',
  );
  expect(names).toEqual(['sanity true', 'After 2 false']);
  expect(output.count).toEqual({ all: 2, failed: 1 });
});
