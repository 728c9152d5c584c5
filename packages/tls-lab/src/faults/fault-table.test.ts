import { describe, expect, test } from 'vitest';
import { FAULTS, faultsByDirection, findFault } from './fault-table.ts';

describe('the fault table', () => {
  test('has at least 40 rows, each with a name of its own', () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(FAULTS.map((fault) => fault.name)).size).toBe(FAULTS.length);
  });

  test('covers all levels', () => {
    expect(new Set(FAULTS.map((fault) => fault.level))).toEqual(new Set(['byte', 'record', 'timing']));
  });

  test.for(FAULTS)('$name says what it does and what a sound end does', (fault) => {
    expect(fault.name).toMatch(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/);
    expect(fault.does).toMatch(/^[A-Z].*\.$/);
    for (const sound of [fault.sound, fault.soundServer, ...Object.values(fault.soundIn ?? {})]) {
      expect(sound?.why ?? 'none').not.toBe('');
      expect(sound?.results ?? ['aborts']).not.toEqual([]);
    }
  });
});

describe('names', () => {
  test('a name goes to the board, @to-peer the other way', () => {
    expect(faultsByDirection(['http-answer', 'bit-flip-in-data@to-peer'])).toMatchObject({
      'to-board': [{ name: 'http-answer' }],
      'to-peer': [{ name: 'bit-flip-in-data' }],
    });
  });

  test.for([
    { name: 'bit-flip-in-cert', says: /"bit-flip-in-cert" is unknown.*Known: .*bit-flip-in-certificate/ },
    { name: 'http-answer@sideways', says: /"@sideways" is no direction \(to-board, to-peer\)/ },
    { name: 'http-answer@to-peer@to-peer', says: /unknown/ },
    { name: '', says: /unknown: no fault is called "".*Known: fragments-of-1-byte/ },
  ])('"$name" is refused in one sentence', ({ name, says }) => {
    expect(() => findFault(name)).toThrow(says);
    expect(() => findFault(name)).toThrow(expect.objectContaining({ code: 'UNKNOWN_FAULT' }));
  });
});
