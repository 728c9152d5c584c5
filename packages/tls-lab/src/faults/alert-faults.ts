import { AlertDescription, alertName } from '../tls/alert-description.ts';
import { ContentType } from '../tls/content-type.ts';
import type { Fault, Step } from './fault.ts';
import { aborts, completes, either } from './reactions.ts';

const FATAL = 'after a fatal alert both ends close at once and none answers (RFC 8446, section 6)';

const ALL_ARE_ERRORS = aborts([], 'every alert but close_notify and user_canceled is an error (RFC 8446, section 6)');
const NO_VERSION_YET = either(
  ['completes', 'aborts'],
  [],
  'an error in TLS 1.3, a warning before; no version is agreed yet',
);

const NO_ALERT_FIRST = either(
  ['aborts', 'completes'],
  ['unexpected_message'],
  'a connection begins with a ClientHello (OpenSSL aborts), but a warning may be passed over (RFC 5246, section 7.2.2)',
);

interface AlertAt {
  /** A number where none of that name is assigned. */
  readonly alert: AlertDescription | number;
  readonly step: Step;
  readonly where: 'before' | 'after';
  readonly place: string;
  readonly text: string;
}

const LEVEL = { warning: 1, fatal: 2 } as const;

const numberOf = (alert: AlertDescription | number): number =>
  typeof alert === 'number' ? alert : AlertDescription[alert];

const hex = (level: keyof typeof LEVEL, alert: AlertDescription | number): string =>
  Buffer.from([LEVEL[level], numberOf(alert)]).toString('hex');

const FATAL_ALERTS = [
  { alert: 'handshake_failure', step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { alert: 'protocol_version', step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { alert: 'unrecognized_name', step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { alert: 199, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { alert: 'internal_error', step: 'hello', where: 'after', place: 'after-hello', text: 'after its hello' },
  {
    alert: 'internal_error',
    step: 'certificate',
    where: 'after',
    place: 'after-certificate',
    text: 'after its Certificate',
  },
  { alert: 'decrypt_error', step: 'finished', where: 'before', place: 'before-finished', text: 'before its Finished' },
  { alert: 'access_denied', step: 'finished', where: 'after', place: 'after-finished', text: 'after its Finished' },
  { alert: 'bad_record_mac', step: 'data', where: 'before', place: 'in-data', text: 'before its first data' },
] as const satisfies readonly AlertAt[];

const WARNINGS = [
  { alert: 'unrecognized_name', step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { alert: 'user_canceled', step: 'finished', where: 'after', place: 'after-finished', text: 'after its Finished' },
  { alert: 'unrecognized_name', step: 'data', where: 'before', place: 'in-data', text: 'before its first data' },
] as const satisfies readonly AlertAt[];

/** Alerts at each step. After the Finished (in TLS 1.3: after the hello) they are protected as they should be. */
export const ALERT_FAULTS: readonly Fault[] = [
  ...FATAL_ALERTS.map(
    ({ alert, step, where, place, text }): Fault => ({
      name: `fatal-alert-${numberOf(alert)}-${place}`,
      level: 'record',
      step,
      does: `Sends the fatal alert ${numberOf(alert)} (${alertName(numberOf(alert))}) ${text}.`,
      act: { act: 'insert', where, type: ContentType.alert, hex: hex('fatal', alert) },
      correct: aborts([], FATAL),
      ours: 'sequel',
      ...(step === 'certificate' ? { sentBy: 'server' } : {}),
    }),
  ),
  ...WARNINGS.map(
    ({ alert, step, where, place, text }): Fault => ({
      name: `warning-alert-${numberOf(alert)}-${place}`,
      level: 'record',
      step,
      does: `Sends the warning ${numberOf(alert)} (${alertName(numberOf(alert))}) ${text}.`,
      act: { act: 'insert', where, type: ContentType.alert, hex: hex('warning', alert) },
      correct: completes('a warning may be passed over (RFC 5246, section 7.2.2)'),
      ...(step === 'hello' ? { correctServer: NO_ALERT_FIRST } : {}),
      ...(alert === 'user_canceled'
        ? {}
        : { correctIn: { 'TLSv1.3': step === 'hello' ? NO_VERSION_YET : ALL_ARE_ERRORS } }),
    }),
  ),
  {
    name: 'warning-alert-100-in-data',
    level: 'record',
    step: 'data',
    does: 'Sends the warning 100 (no_renegotiation) before its first data, although nobody asked.',
    act: { act: 'insert', where: 'before', type: ContentType.alert, hex: hex('warning', 'no_renegotiation') },
    correct: either(
      ['completes', 'aborts'],
      ['unexpected_message', 'handshake_failure'],
      'always a warning (RFC 5246, section 7.2.2); OpenSSL takes it as fatal',
    ),
    correctIn: { 'TLSv1.3': ALL_ARE_ERRORS },
    endsConnection: true,
    race: ['values'],
    ours: 'sequel',
  },
  {
    name: 'close-notify-before-hello',
    level: 'record',
    step: 'hello',
    does: 'Sends close_notify before its hello.',
    act: { act: 'insert', where: 'before', type: ContentType.alert, hex: hex('warning', 'close_notify') },
    correct: either(['aborts', 'ended'], [], 'the handshake is not over and the other end will send nothing more'),
    endsConnection: true,
    ours: 'sequel',
  },
  {
    name: 'close-notify-before-data',
    level: 'record',
    step: 'data',
    does: 'Sends close_notify, and its data after it.',
    act: { act: 'insert', where: 'before', type: ContentType.alert, hex: hex('warning', 'close_notify') },
    correct: either(
      ['ended'],
      [],
      'data after close_notify is passed over (RFC 8446, section 6.1): the reader sees an end',
    ),
    endsConnection: true,
    ours: 'sequel',
  },
  {
    name: 'alert-of-1-byte',
    level: 'record',
    step: 'finished',
    does: 'Sends an alert record with one byte after its Finished.',
    act: { act: 'insert', where: 'after', type: ContentType.alert, hex: '02' },
    correct: aborts(
      ['unexpected_message', 'decode_error'],
      'an alert has two bytes and is not cut (RFC 8446, section 5.1)',
    ),
    correctIn: {
      'TLSv1.2': aborts(
        ['unexpected_message', 'decode_error'],
        'the rest may follow (RFC 5246, section 6.2.1), but data comes in its place',
      ),
    },
  },
  {
    name: 'alert-of-4-bytes',
    level: 'record',
    step: 'finished',
    does: 'Sends an alert record with two alerts in it after its Finished.',
    act: { act: 'insert', where: 'after', type: ContentType.alert, hex: '01640164' },
    correct: aborts(['unexpected_message', 'decode_error'], 'a record holds exactly one alert (RFC 8446, section 5.1)'),
    correctIn: {
      'TLSv1.2': either(
        ['aborts', 'completes'],
        ['unexpected_message', 'decode_error'],
        'a record may hold several (RFC 5246, section 6.2.1), and these are warnings; OpenSSL and mbedTLS take none',
      ),
    },
  },
];
