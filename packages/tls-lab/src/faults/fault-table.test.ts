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

  test.for(FAULTS)('$name says what it does and what a correct end does', (fault) => {
    expect(fault.name).toMatch(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/);
    expect(fault.does).toMatch(/^[A-Z].*\.$/);
    for (const correct of [fault.correct, fault.correctServer, ...Object.values(fault.correctIn ?? {})]) {
      expect(correct?.why ?? 'none').not.toBe('');
      expect(correct?.results ?? ['aborts']).not.toEqual([]);
    }
  });
});

describe('what of an outcome is ours', () => {
  /** These change no message that the Finished covers, or the record layer notices them before it. */
  const CONSISTENT: readonly string[] = [
    'hello-over-two-records',
    'hello-in-3-byte-records',
    'certificate-over-records',
    'records-merged',
    'empty-handshake-record',
    'unknown-record-type',
    'wrong-record-version',
    'early-change-cipher-spec',
    'double-change-cipher-spec',
    'missing-change-cipher-spec',
    'bad-change-cipher-spec',
    'hello-request-in-handshake',
    'warning-alert-112-before-hello',
    // A second hello and a record out of its turn: unexpected_message in TLS 1.2, bad_record_mac of the board's own in TLS 1.3.
    'replayed-hello',
    'reordered-records',
  ];
  const steps: readonly string[] = ['hello', 'certificate', 'key-exchange', 'change-cipher-spec'];
  const endings: readonly string[] = ['fin', 'rst', 'stall'];
  const inHandshake = FAULTS.filter(
    ({ level, step, act }) => level === 'record' && steps.includes(step) && !endings.includes(act.act),
  );

  test.for(inHandshake)('$name leaves the handshake consistent, or says what is ours', ({ name, ours, act }) => {
    if (act.act === 'raw') return;
    expect(ours === undefined).toBe(CONSISTENT.includes(name));
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
