import { describe, expect, test } from 'vitest';
import type { BoardRun } from './board-endpoint.ts';
import { caseSource, contextLine, repetition } from './case-source.ts';

const source = (run: BoardRun) => caseSource(1, 'client', '10.0.0.2', 443, run);

describe('the call of a case', () => {
  test('is one short line', () => {
    const { call, blobs } = source({});
    expect(call.source).not.toContain('\n');
    expect(call.source.length).toBeLessThan(160);
    expect(blobs).toEqual([]);
  });

  test('nothing that is passed can become code', () => {
    const evil = `'); import os; os.remove('/') #\n\u0003\u0004`;
    const { call } = source({ args: { server_hostname: evil }, steps: [{ do: 'python', name: evil, source: evil }] });
    expect(call.source).toMatch(/^[\x20-\x7e]*$/);
    expect(call.source.split("\\'); import os").length).toBe(3);
  });

  test('keys and certificates go by the cache, whatever the keyword is called', () => {
    const der = new Uint8Array(300).map((_, index) => index & 0xff);
    const { call, blobs } = source({ args: { cadata: der, ca_certs: der } });
    expect(blobs).toEqual([der, der]);
    expect(call.source.length).toBeLessThan(220);
  });

  test('the server role asks for it unless the case says otherwise', () => {
    expect(caseSource(1, 'server', '0.0.0.0', 443, {}).call.source).toContain("'server_side': True");
    const own = caseSource(1, 'server', '0.0.0.0', 443, { args: { server_side: false } });
    expect(own.call.source).toContain("'server_side': False");
  });

  test('bytes that repeat are built by Python', () => {
    const { call, blobs } = source({ steps: [{ do: 'write', bytes: new Uint8Array(100_000).fill(0x41) }] });
    expect(call.source).toContain("b'A' * 100000");
    expect(blobs).toEqual([]);
  });
});

test.for<[line: string, becomes: string]>([
  ['verify_mode = 2', 'ctx.verify_mode = 2'],
  ['load_verify_locations(cadata=ca)', 'ctx.load_verify_locations(cadata=ca)'],
  ['ctx.verify_mode = ssl.CERT_NONE', 'ctx.verify_mode = ssl.CERT_NONE'],
  ['import gc', 'import gc'],
])('the context line %j becomes %j', ([line, expected]) => {
  expect(contextLine(line)).toBe(expected);
});

test.for([
  ['AAAA'.repeat(100), 'A', 400],
  ['abc'.repeat(50), 'abc', 50],
])('finds what repeats', ([text, unit, times]) => {
  expect(repetition(Buffer.from(text as string))).toEqual({ unit: Buffer.from(unit as string), times });
});

test('finds nothing in random bytes, and leaves short ones alone', () => {
  expect(
    repetition(Buffer.from('no unit repeats in here, whatever its length, up to thirty-two..'.repeat(2).slice(1))),
  ).toBeNull();
  expect(repetition(Buffer.from('AAAA'))).toBeNull();
});
