import type { CorrectResult } from '../src/faults/fault.ts';
import type { TlsVersion } from '../src/tls/protocol-version.ts';

/** Something that MicroPython on mbedTLS 3.6 does otherwise than a correct end, as it was seen on the virtual board. */
export interface Deviation {
  readonly faults: readonly string[];
  readonly version?: TlsVersion;
  readonly result: CorrectResult;
  readonly why: string;
}

const BOTH_ROLES: readonly Deviation[] = [
  {
    faults: ['fin-after-finished', 'fin-in-data', 'truncated-record-then-fin'],
    result: 'ended',
    why: 'read gives b"" and no error: truncation looks like a clean end',
  },
  { faults: ['no-close-notify'], result: 'completes', why: 'an end without close_notify looks like a clean end' },
  {
    faults: ['hello-in-3-byte-records'],
    result: 'aborts',
    why: 'a first piece shorter than the message header is an invalid record (-0x7200)',
  },
  {
    faults: [
      'unknown-record-type',
      'unknown-record-type-in-data',
      'wrong-record-version-in-data',
      'bad-change-cipher-spec',
      'alert-of-1-byte',
      'alert-of-4-bytes',
      'empty-handshake-record-before-finished',
    ],
    result: 'aborts',
    why: 'an invalid record (-0x7200) is not answered with an alert',
  },
  {
    faults: [
      'oversize-record-18433',
      'oversize-record-18433-in-data',
      'oversize-record-65535',
      'oversize-record-65535-in-data',
    ],
    result: 'aborts',
    why: 'a record longer than the buffer (-0x7100) is not answered with an alert',
  },
  {
    faults: ['missing-change-cipher-spec'],
    version: 'TLSv1.2',
    result: 'waits',
    why: 'the Finished that cannot be read is passed over, and the handshake hangs until the socket times out',
  },
  {
    faults: ['early-change-cipher-spec'],
    version: 'TLSv1.2',
    result: 'completes',
    why: 'a change_cipher_spec before the hello is passed over',
  },
  {
    faults: ['warning-alert-112-in-data'],
    version: 'TLSv1.3',
    result: 'completes',
    why: 'warnings are passed over in TLS 1.3 too',
  },
];

export const CLIENT_DEVIATIONS: readonly Deviation[] = [
  ...BOTH_ROLES,
  { faults: ['unknown-suite'], version: 'TLSv1.2', result: 'aborts', why: 'the alert is internal_error' },
  { faults: ['duplicate-extension'], result: 'aborts', why: 'the doubled extension is not noticed, the Finished is' },
  {
    faults: ['hello-too-long'],
    version: 'TLSv1.3',
    result: 'aborts',
    why: 'the byte too much is not noticed, the keys are',
  },
  { faults: ['replayed-hello'], version: 'TLSv1.3', result: 'aborts', why: 'it is read as a protected record' },
  { faults: ['empty-certificate'], version: 'TLSv1.3', result: 'aborts', why: 'the alert is no_certificate (41)' },
  {
    faults: ['hello-request-in-handshake'],
    version: 'TLSv1.2',
    result: 'aborts',
    why: 'a HelloRequest during the handshake is unexpected_message',
  },
  { faults: ['hello-request'], version: 'TLSv1.3', result: 'aborts', why: 'no alert is sent (-0x7700)' },
  { faults: ['warning-alert-100-in-data'], result: 'ended', why: 'read(n) gives b"", which looks like an end of data' },
];

export const SERVER_DEVIATIONS: readonly Deviation[] = [
  ...BOTH_ROLES,
  { faults: ['replayed-hello'], result: 'aborts', why: 'no alert, or one for a record that does not verify' },
  {
    faults: ['hello-too-long'],
    version: 'TLSv1.3',
    result: 'completes',
    why: 'bytes behind the extensions are passed over',
  },
  {
    faults: ['close-notify-before-data'],
    result: 'completes',
    why: 'a second read gives the data behind the close_notify',
  },
  {
    faults: ['early-change-cipher-spec'],
    version: 'TLSv1.3',
    result: 'completes',
    why: 'a change_cipher_spec before the ClientHello is passed over',
  },
  {
    faults: ['warning-alert-100-in-data'],
    version: 'TLSv1.3',
    result: 'completes',
    why: 'warnings are passed over in TLS 1.3 too',
  },
];

export function deviation(table: readonly Deviation[], name: string, version: TlsVersion): Deviation | null {
  return table.find((row) => row.faults.includes(name) && (row.version ?? version) === version) ?? null;
}
