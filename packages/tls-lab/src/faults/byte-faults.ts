import { ContentType } from '../tls/content-type.ts';
import type { Fault } from './fault.ts';
import { aborts, abortsMaybeSilent, completes, either, truncated } from './reactions.ts';

const TCP_IS_A_STREAM = 'TCP keeps no boundaries; a record may come in any pieces (RFC 8446, section 5.1)';
const LOST_IN_HANDSHAKE = 'the connection is gone before the handshake is over, which is an error, not an end of data';
const NO_RECORD = 'the bytes are no TLS record; the connection cannot go on (RFC 5246 6.2.1, RFC 8446 5)';

/** Faults of the byte stream and of the end of TCP. */
export const BYTE_FAULTS: readonly Fault[] = [
  {
    name: 'fragments-of-1-byte',
    level: 'byte',
    step: 'any',
    does: 'Sends every byte in a TCP segment of its own.',
    act: { act: 'fragments', size: 1, everyMs: 0 },
    correct: completes(TCP_IS_A_STREAM),
  },
  {
    name: 'fragments-of-7-bytes',
    level: 'byte',
    step: 'any',
    does: 'Sends the stream in TCP segments of 7 bytes.',
    act: { act: 'fragments', size: 7, everyMs: 0 },
    correct: completes(TCP_IS_A_STREAM),
  },
  {
    name: 'http-answer',
    level: 'byte',
    step: 'hello',
    does: 'Answers in plain HTTP instead of a hello.',
    act: { act: 'replace', with: { text: 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n' } },
    correct: abortsMaybeSilent(
      ['unexpected_message', 'record_overflow', 'decode_error', 'protocol_version'],
      NO_RECORD,
    ),
    sentBy: 'server',
    ours: 'sequel',
  },
  {
    name: 'random-bytes',
    level: 'byte',
    step: 'hello',
    does: 'Sends 200 random bytes instead of its hello.',
    act: { act: 'replace', with: { random: 200 } },
    correct: abortsMaybeSilent(
      ['unexpected_message', 'record_overflow', 'decode_error', 'protocol_version'],
      NO_RECORD,
    ),
    ours: 'sequel',
  },
  {
    name: 'random-bytes-at-connect',
    level: 'byte',
    step: 'connect',
    does: 'Sends 64 random bytes as soon as TCP is connected, then goes on as if nothing was.',
    act: { act: 'raw', where: 'before', bytes: { random: 64 } },
    correct: abortsMaybeSilent(
      ['unexpected_message', 'record_overflow', 'decode_error', 'protocol_version'],
      NO_RECORD,
    ),
    ours: 'sequel',
  },
  {
    name: 'random-bytes-in-data',
    level: 'byte',
    step: 'data',
    does: 'Sends 64 random bytes before its first application data.',
    act: { act: 'raw', where: 'before', bytes: { random: 64 } },
    correct: abortsMaybeSilent(
      ['unexpected_message', 'bad_record_mac', 'record_overflow', 'decode_error', 'protocol_version'],
      NO_RECORD,
    ),
    ours: 'sequel',
  },
  ...(['fin', 'rst'] as const).flatMap((act): Fault[] => {
    const end = act.toUpperCase();
    return [
      {
        name: `${act}-at-connect`,
        level: 'byte',
        step: 'connect',
        does: `Sends a TCP ${end} as soon as TCP is connected.`,
        act: { act, where: 'before' },
        correct: aborts([], LOST_IN_HANDSHAKE),
        endsConnection: true,
      },
      {
        name: `${act}-before-hello`,
        level: 'byte',
        step: 'hello',
        does: `Sends a TCP ${end} instead of its hello.`,
        act: { act, where: 'before' },
        correct: aborts([], LOST_IN_HANDSHAKE),
        endsConnection: true,
      },
      {
        name: `${act}-in-hello`,
        level: 'byte',
        step: 'hello',
        does: `Sends half of the record of its hello, then a TCP ${end}.`,
        act: { act, where: 'inside' },
        correct: aborts([], LOST_IN_HANDSHAKE),
        endsConnection: true,
      },
      {
        name: `${act}-in-certificate`,
        level: 'byte',
        step: 'certificate',
        does: `Sends half of the record of its Certificate, then a TCP ${end}.`,
        act: { act, where: 'inside' },
        correct: aborts([], LOST_IN_HANDSHAKE),
        sentBy: 'server',
        endsConnection: true,
      },
      {
        name: `${act}-before-finished`,
        level: 'byte',
        step: 'finished',
        does: `Sends a TCP ${end} instead of its Finished.`,
        act: { act, where: 'before' },
        correct: aborts([], LOST_IN_HANDSHAKE),
        endsConnection: true,
      },
      {
        name: `${act}-after-finished`,
        level: 'byte',
        step: 'finished',
        does: `Sends a TCP ${end} right after its Finished.`,
        act: { act, where: 'after' },
        correct: either(['truncated', 'aborts'], [], 'in TLS 1.3 the client may not have sent its own Finished yet'),
        endsConnection: true,
        // Behind its last flight the board may have left wrap_socket already.
        ...(act === 'rst' ? { race: ['place', 'sign'] } : {}),
      },
      {
        name: `${act}-in-data`,
        level: 'byte',
        step: 'data',
        does: `Sends half of a record of application data, then a TCP ${end}.`,
        act: { act, where: 'inside' },
        correct: truncated('the record never became whole and no close_notify came (RFC 8446, section 6.1)'),
        endsConnection: true,
      },
    ];
  }),
  {
    name: 'no-close-notify',
    level: 'byte',
    step: 'close-notify',
    does: 'Leaves out its close_notify: data, then a TCP FIN.',
    act: { act: 'drop' },
    correct: truncated('an end without close_notify may be an attack (RFC 8446, section 6.1)'),
    endsConnection: true,
  },
  {
    name: 'rst-instead-of-close-notify',
    level: 'byte',
    step: 'close-notify',
    does: 'Sends a TCP RST in place of its close_notify.',
    act: { act: 'rst', where: 'before' },
    correct: truncated('an end without close_notify may be an attack (RFC 8446, section 6.1)'),
    endsConnection: true,
  },
  {
    name: 'half-close',
    level: 'byte',
    step: 'data',
    does: 'Sends close_notify and a TCP FIN after its first data, and goes on reading.',
    act: { act: 'insert', where: 'after', type: ContentType.alert, hex: '0100' },
    also: { step: 'close-notify', act: { act: 'fin', where: 'after' } },
    correct: completes('close_notify closes one direction; the other end may still write (RFC 8446, section 6.1)'),
    correctIn: {
      'TLSv1.2': either(
        ['completes', 'ended', 'aborts'],
        [],
        'close_notify is answered at once, and what waits to be written may be dropped (RFC 5246, section 7.2.1)',
      ),
    },
    endsConnection: true,
  },
  {
    name: 'ten-megabytes',
    level: 'byte',
    step: 'any',
    does: 'Sends 10 MB of application data as fast as the other end reads, then closes.',
    act: { act: 'application', application: { bulk: 10_000_000 } },
    correct: completes('flow control is TCP; the reader takes what it has room for'),
    leftOut: true,
  },
];
