import type { HandshakeDetail, WireDetail } from '@wirewrap/conformance';
import { describe, expect, test } from 'vitest';
import { drawSequence } from './sequence.ts';
import { messageTitle, sequenceEvents } from './sequence-events.ts';
import { formatMs, layOutSequence } from './sequence-layout.ts';

type WireRecord = WireDetail['records'][number];

function record(
  sender: WireRecord['sender'],
  atMs: number,
  contentType: number,
  rest: Partial<WireRecord> = {},
): WireRecord {
  return {
    sender,
    atMs,
    type: contentType,
    typeName: 'handshake',
    version: 0x0303,
    length: 100,
    encrypted: false,
    contentType,
    ...rest,
  };
}

function handshake(wire: Partial<WireDetail> | null, board: Partial<HandshakeDetail['board']> = {}): HandshakeDetail {
  const step = { step: 'wrap', value: null, error: null, ms: 5 };
  return {
    role: 'client',
    certificate: null,
    board: {
      completed: true,
      wrap: step,
      steps: [],
      error: null,
      wrapMs: 5,
      heapBefore: null,
      heapAfter: null,
      crash: null,
      ...board,
    },
    wire: wire && {
      closedAtMs: 20,
      clientHello: null,
      negotiated: null,
      handshakeCompleted: true,
      clientCertificateRequested: false,
      records: [],
      messages: [],
      alerts: [],
      close: {
        by: null,
        how: 'open',
        closeNotify: { board: false, peer: false },
        tcp: { board: 'open', peer: 'open' },
      },
      bytes: { board: 0, peer: 0 },
      timings: { toServerHelloMs: null, toFinishedMs: null, toFirstDataMs: null },
      peerError: null,
      boardCertificates: [],
      peerCertificates: [],
      received: null,
      ...wire,
    },
    story: '',
  };
}

const message = (sender: 'board' | 'peer', atMs: number, name: string, length: number) => ({
  sender,
  atMs,
  name,
  length,
  encrypted: false,
});
const titles = (detail: HandshakeDetail) => sequenceEvents(detail).map(({ sender, title }) => `${sender}: ${title}`);

test.for([
  ['client_hello', 'ClientHello'],
  ['server_hello_done', 'ServerHelloDone'],
  ['hello_request', 'HelloRequest'],
] as const)('%s is printed as %s', ([name, title]) => {
  expect(messageTitle(name)).toBe(title);
});

describe('what a record carried', () => {
  test('several messages in one record stand on one arrow', () => {
    const detail = handshake({
      records: [record('board', 1, 22), record('peer', 2, 22, { length: 700 })],
      messages: [
        message('board', 1, 'client_hello', 96),
        message('peer', 2, 'server_hello', 80),
        message('peer', 2, 'certificate', 500),
        message('peer', 2, 'server_hello_done', 0),
      ],
    });
    expect(titles(detail).slice(1)).toEqual([
      'board: ClientHello',
      'peer: ServerHello · Certificate · ServerHelloDone',
    ]);
  });

  test('records of one chunk get their own messages', () => {
    const detail = handshake({
      records: [
        record('peer', 2, 22, { length: 84 }),
        record('peer', 2, 20, { length: 1 }),
        record('peer', 2, 22, { length: 504 }),
      ],
      messages: [message('peer', 2, 'server_hello', 80), message('peer', 2, 'certificate', 500)],
    });
    expect(titles(detail).slice(1)).toEqual(['peer: ServerHello', 'peer: ChangeCipherSpec', 'peer: Certificate']);
  });

  test('one message over several records is named where it ends', () => {
    const detail = handshake({
      records: [record('peer', 2, 22), record('peer', 3, 22)],
      messages: [message('peer', 3, 'certificate', 190)],
    });
    expect(titles(detail).slice(1)).toEqual(['peer: part of a handshake message', 'peer: Certificate']);
  });

  test('an alert has its number and name; what could not be decrypted says so', () => {
    const detail = handshake({
      records: [
        record('board', 3, 21),
        record('peer', 4, 23, { encrypted: true, contentType: null, typeName: 'application_data' }),
      ],
      alerts: [{ sender: 'board', level: 'fatal', number: 48, name: 'unknown_ca', encrypted: false, atMs: 3 }],
    });
    expect(titles(detail).slice(1)).toEqual(['board: alert 48 unknown_ca', 'peer: application_data, not decrypted']);
    expect(sequenceEvents(detail)[1]).toMatchObject({ kind: 'alert', fatal: true });
  });

  test('the end of each side is an arrow of its own', () => {
    const close = {
      by: 'peer',
      how: 'rst',
      closeNotify: { board: true, peer: false },
      tcp: { board: 'fin', peer: 'rst' },
    } as const;
    expect(sequenceEvents(handshake({ close })).slice(1)).toMatchObject([
      { sender: 'peer', title: 'TCP RST', note: 'without close_notify', fatal: true, atMs: 20 },
      { sender: 'board', title: 'TCP FIN', note: '', fatal: false },
    ]);
  });
});

describe('the layout', () => {
  test('time runs down, never up, and a long pause is told in words', () => {
    const { arrows, gaps, height } = layOutSequence(
      handshake({ records: [record('board', 1, 22), record('peer', 2, 22), record('board', 900, 23)] }),
    );
    const heights = arrows.map(({ y }) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(new Set(heights).size).toBe(heights.length);
    expect(gaps).toEqual([expect.objectContaining({ ms: 898 })]);
    expect(height).toBeGreaterThan(heights.at(-1) ?? 0);
  });

  test("the board's clock starts at its ClientHello, or so that a deferred handshake falls into the next step", () => {
    const records = [record('board', 10, 22), record('peer', 15, 22)];
    const at = (ms: number) =>
      handshake(
        { records },
        {
          wrap: { step: 'wrap', value: null, error: null, ms },
          steps: [{ step: 'write', value: 5, error: null, ms: 20 }],
        },
      );
    const hello = (detail: HandshakeDetail) => layOutSequence(detail).arrows[1]?.y;
    const direct = layOutSequence(at(12));
    expect(direct.steps[0]?.top).toBe(hello(at(12)));
    const deferred = layOutSequence(at(1));
    expect(deferred.steps[1]?.top).toBeCloseTo(hello(at(1)) ?? 0);
    expect(deferred.steps[0]?.top).toBeLessThan(deferred.steps[1]?.top ?? 0);
  });

  test('wrap lasts until the Finished that it sent: its bar is fitted between the marks on the wire', () => {
    const detail = handshake(
      {
        records: [record('board', 10, 22), record('peer', 15, 22), record('board', 30, 22)],
        messages: [
          message('board', 10, 'client_hello', 200),
          message('peer', 15, 'server_hello', 80),
          message('board', 30, 'finished', 12),
        ],
      },
      { wrap: { step: 'wrap', value: null, error: null, ms: 25 } },
    );
    const { arrows, steps } = layOutSequence(detail);
    const [connect, hello, , finished] = arrows;
    // 30 - 25 = 5 ms: half of the way from the connection to the ClientHello.
    expect(steps[0]?.top).toBeCloseTo(((connect?.y ?? 0) + (hello?.y ?? 0)) / 2);
    expect(steps[0]?.bottom).toBeCloseTo(finished?.y ?? 0);
  });

  test('the scale at the side is linear in time, whatever room the rows need', () => {
    const records = [record('board', 1, 22), record('peer', 2, 22), record('board', 900, 23)];
    const { arrows, scale } = layOutSequence(handshake({ records, closedAtMs: 1000 }));
    const length = scale.bottom - scale.top;
    expect(arrows.slice(0, 4).map(({ scaleY }) => (scaleY - scale.top) / length)).toEqual(
      arrows.slice(0, 4).map(({ atMs }) => expect.closeTo(atMs / (arrows.at(-1)?.atMs ?? 1))),
    );
  });

  test('texts of short steps do not lie on each other', () => {
    const steps = ['write', 'read', 'close'].map((step) => ({ step, value: null, error: null, ms: 0 }));
    const { steps: laid } = layOutSequence(handshake({ records: [record('board', 1, 22)] }, { steps }));
    for (const [index, step] of laid.entries()) {
      if (index > 0) expect(step.textY - (laid[index - 1]?.textY ?? 0)).toBeGreaterThanOrEqual(26);
    }
  });
});

test.for([
  [0.04, '0.0 ms'],
  [99.94, '99.9 ms'],
  [812.4, '812 ms'],
  [12_345, '12.3 s'],
] as const)('%d ms is %s', ([ms, text]) => {
  expect(formatMs(ms)).toBe(text);
});

test('without a connection there is a sentence instead of a drawing', () => {
  expect(drawSequence(handshake(null)).text).toContain('No connection came about');
});

test('a name from the wire cannot become markup', () => {
  const detail = handshake({
    records: [record('board', 1, 22)],
    messages: [message('board', 1, '<svg onload=x>', 10)],
  });
  expect(drawSequence(detail).text).not.toContain('<svg onload');
});
