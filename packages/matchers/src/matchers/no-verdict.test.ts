import type { CertificateBundle } from '@wirewrap/certgen';
import type { Handshake, StepOutcome } from '@wirewrap/tls-lab';
import { expect as base, describe, test } from 'vitest';
import { handshakeMatchers } from './handshake-matchers.ts';

base.extend(handshakeMatchers);
// biome-ignore lint/suspicious/noExplicitAny: the tables call the matchers by name, with any arguments
const expect = base as any;

/** A board whose Wi-Fi is gone: the TCP connection fails, TLS never began. */
function unconnected(step: 'connect' | 'accept'): Handshake {
  const error = { type: 'OSError', args: [118], errno: 118, errnoName: 'EHOSTUNREACH' };
  const wrap: StepOutcome = { step, value: null, error, ms: 5 };
  const more = { completed: false, steps: [], wrapMs: 0, heapBefore: 1, heapAfter: 1, crash: null };
  const role = step === 'connect' ? 'client' : 'server';
  const certificate = { profile: 'expired', host: 'h' } as CertificateBundle;
  return { role, board: { role, wrap, error, ...more }, wire: null, certificate };
}

test('a brown-out is no crash of the firmware, unless it is named', () => {
  const crash = 'The board died: brown-out: the supply voltage dropped; use a better cable or supply';
  const { board } = unconnected('connect');
  const wrap: StepOutcome = { step: 'wrap', value: null, error: null, ms: 5 };
  const died: Handshake = {
    role: 'client',
    board: { ...board, wrap, error: null, crash, resetCause: 'brown-out' },
    wire: null,
    certificate: null,
  };
  expect(() => expect(died).toCrash()).toThrow(base.objectContaining({ code: 'BOARD_RESET' }));
  expect(() => expect(died).toCrash()).toThrow(/supply broke down/);
  expect(() => expect(died).not.toCrash()).toThrow(/supply broke down/);
  expect(died).toCrash(/brown-out/);
});

describe('a board that got no TCP connection says nothing of TLS', () => {
  const lost = unconnected('connect');
  const unjudgeable: [name: string, subject: unknown, ...args: unknown[]][] = [
    ['toFailOnBoard', lost],
    ['toFailOnBoard', unconnected('accept')],
    ['toFailOnBoard', lost, 'OSError'],
    ['toFailOnBoard', lost, 'ValueError'],
    ['toFailOnBoard', lost, 'ValueError', 'expired'],
    ['toFailOnBoard', lost, { type: 'OSError' }],
    ['toTrustAnyCertificate', lost],
    ['toTrustAnyCertificate', [lost, lost]],
  ];
  test.for(unjudgeable)('%s fails with and without .not', ([name, subject, ...args]) => {
    const message = /no TCP connection \(OSError\(118\) EHOSTUNREACH in connect\).*wirewrap doctor/;
    const pattern = name === 'toFailOnBoard' && subject !== lost ? /no TCP connection .* in accept/ : message;
    expect(() => expect(subject)[name](...args)).toThrow(pattern);
    expect(() => expect(subject).not[name](...args)).toThrow(pattern);
  });

  test('and is a failure of the link, whoever sorts failures', () => {
    const thrown = (judge: () => void): unknown => {
      try {
        judge();
      } catch (error) {
        return error;
      }
      return null;
    };
    expect(thrown(() => expect(lost).toFailOnBoard())).toMatchObject({ code: 'NOT_CONNECTED' });
    expect(thrown(() => expect(lost).not.toTrustAnyCertificate())).toMatchObject({ code: 'NOT_CONNECTED' });
  });

  test('who names the errno or the step means just that', () => {
    expect(lost).toFailOnBoard('EHOSTUNREACH');
    expect(lost).toFailOnBoard(118);
    expect(lost).toFailOnBoard(/EHOSTUNREACH/);
    expect(lost).toFailOnBoard({ step: 'connect' });
    expect(lost).not.toFailOnBoard({ errnoName: 'ECONNREFUSED' });
    expect(lost).not.toComplete();
  });
});

describe('a board that is out of memory says nothing of TLS', () => {
  /** Seen on esp32-1.27.0 after 1,500 connections: MPI_ALLOC_FAILED, which reads as EBUSY. */
  const exhausted = failing('OSError', [16]);
  test.for<[name: string, subject: Handshake, ...args: unknown[]]>([
    ['toFailOnBoard', exhausted],
    ['toFailOnBoard', exhausted, 'OSError'],
    ['toFailOnBoard', failing('OSError', [-17040])],
    ['toFailOnBoard', failing('MemoryError', ['memory allocation failed'])],
    ['toTrustAnyCertificate', exhausted],
  ])('%s fails with and without .not', ([name, subject, ...args]) => {
    expect(() => expect(subject)[name](...args)).toThrow(base.objectContaining({ code: 'OUT_OF_MEMORY' }));
    expect(() => expect(subject).not[name](...args)).toThrow(
      /the board was out of memory \(.* in wrap\); reset the board/,
    );
  });

  test('who names the error means just that', () => {
    expect(exhausted).toFailOnBoard(16);
    expect(failing('MemoryError', [])).toFailOnBoard('MemoryError');
    expect(failing('MemoryError', [])).toFailOnBoard({ type: 'MemoryError' });
    expect(exhausted).not.toComplete();
  });
});

function failing(type: string, args: readonly unknown[]): Handshake {
  const { board, ...rest } = unconnected('connect');
  const errno = type === 'OSError' ? Number(args[0]) : null;
  const error = { type, args, errno, errnoName: null };
  return { ...rest, board: { ...board, error, wrap: { step: 'wrap', value: null, error, ms: 5 } } };
}
