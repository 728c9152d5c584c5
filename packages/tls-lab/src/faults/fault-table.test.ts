import { describe, expect, test } from 'vitest';
import { FAULT_NAMES } from './fault-name.ts';
import { FAULTS, faultsByDirection, findFault } from './fault-table.ts';

describe('the fault table', () => {
  test('has exactly the names that the type FaultName allows, each once', () => {
    expect(FAULTS.map((fault) => fault.name)).toEqual(FAULT_NAMES);
    expect(new Set(FAULT_NAMES).size).toBe(FAULT_NAMES.length);
  });

  test('a row may be passed in the place of its name', () => {
    expect(faultsByDirection(FAULTS.slice(0, 1))['to-board']).toEqual([FAULTS[0]]);
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
