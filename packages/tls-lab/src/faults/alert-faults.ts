import { alertName } from '../transcript/names/alerts.ts';
import type { Fault, Step } from './fault.ts';
import { aborts, completes, either } from './reactions.ts';

const FATAL = 'after a fatal alert both ends close at once and none answers (RFC 8446, section 6)';

const ALL_ARE_ERRORS = aborts([], 'every alert but close_notify and user_canceled is an error (RFC 8446, section 6)');
const NO_VERSION_YET = either(
  ['completes', 'aborts'],
  [],
  'an error in TLS 1.3, a warning before; no version is agreed yet',
);

const NO_ALERT_FIRST = aborts([10], 'a connection begins with a ClientHello: unexpected_message');

const hex = (level: number, number: number): string => Buffer.from([level, number]).toString('hex');

const FATAL_ALERTS = [
  { number: 40, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { number: 70, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { number: 112, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { number: 199, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { number: 80, step: 'hello', where: 'after', place: 'after-hello', text: 'after its hello' },
  { number: 80, step: 'certificate', where: 'after', place: 'after-certificate', text: 'after its Certificate' },
  { number: 51, step: 'finished', where: 'before', place: 'before-finished', text: 'before its Finished' },
  { number: 49, step: 'finished', where: 'after', place: 'after-finished', text: 'after its Finished' },
  { number: 20, step: 'data', where: 'before', place: 'in-data', text: 'before its first data' },
] as const satisfies readonly { number: number; step: Step; where: string; place: string; text: string }[];

const WARNINGS = [
  { number: 112, step: 'hello', where: 'before', place: 'before-hello', text: 'before its hello' },
  { number: 90, step: 'finished', where: 'after', place: 'after-finished', text: 'after its Finished' },
  { number: 112, step: 'data', where: 'before', place: 'in-data', text: 'before its first data' },
] as const satisfies readonly { number: number; step: Step; where: string; place: string; text: string }[];

/** Alerts at each step. After the Finished (in TLS 1.3: after the hello) they are protected as they should be. */
export const ALERT_FAULTS: readonly Fault[] = [
  ...FATAL_ALERTS.map(
    ({ number, step, where, place, text }): Fault => ({
      name: `fatal-alert-${number}-${place}`,
      level: 'record',
      step,
      does: `Sends the fatal alert ${number} (${alertName(number)}) ${text}.`,
      act: { act: 'insert', where, type: 21, hex: hex(2, number) },
      sound: aborts([], FATAL),
      ...(step === 'certificate' ? { sentBy: 'server' } : {}),
    }),
  ),
  ...WARNINGS.map(
    ({ number, step, where, place, text }): Fault => ({
      name: `warning-alert-${number}-${place}`,
      level: 'record',
      step,
      does: `Sends the warning ${number} (${alertName(number)}) ${text}.`,
      act: { act: 'insert', where, type: 21, hex: hex(1, number) },
      sound: completes('a warning may be passed over (RFC 5246, section 7.2.2)'),
      ...(step === 'hello' ? { soundServer: NO_ALERT_FIRST } : {}),
      ...(number === 90 ? {} : { soundIn: { 'TLSv1.3': step === 'hello' ? NO_VERSION_YET : ALL_ARE_ERRORS } }),
    }),
  ),
  {
    name: 'warning-alert-100-in-data',
    level: 'record',
    step: 'data',
    does: 'Sends the warning 100 (no_renegotiation) before its first data, although nobody asked.',
    act: { act: 'insert', where: 'before', type: 21, hex: hex(1, 100) },
    sound: either(
      ['completes', 'aborts'],
      [10, 40],
      'always a warning (RFC 5246, section 7.2.2); OpenSSL takes it as fatal',
    ),
    soundIn: { 'TLSv1.3': ALL_ARE_ERRORS },
  },
  {
    name: 'close-notify-before-hello',
    level: 'record',
    step: 'hello',
    does: 'Sends close_notify before its hello.',
    act: { act: 'insert', where: 'before', type: 21, hex: hex(1, 0) },
    sound: either(['aborts', 'ended'], [], 'the handshake is not over and the other end will send nothing more'),
  },
  {
    name: 'close-notify-before-data',
    level: 'record',
    step: 'data',
    does: 'Sends close_notify, and its data after it.',
    act: { act: 'insert', where: 'before', type: 21, hex: hex(1, 0) },
    sound: either(
      ['ended'],
      [],
      'data after close_notify is passed over (RFC 8446, section 6.1): the reader sees an end',
    ),
  },
  {
    name: 'alert-of-1-byte',
    level: 'record',
    step: 'finished',
    does: 'Sends an alert record with one byte after its Finished.',
    act: { act: 'insert', where: 'after', type: 21, hex: '02' },
    sound: aborts([10, 50], 'an alert has two bytes and is not cut in TLS 1.3 (RFC 8446, section 5.1)'),
  },
  {
    name: 'alert-of-4-bytes',
    level: 'record',
    step: 'finished',
    does: 'Sends an alert record with two alerts in it after its Finished.',
    act: { act: 'insert', where: 'after', type: 21, hex: '01640164' },
    sound: aborts([10, 50], 'a record holds exactly one alert (RFC 8446, section 5.1)'),
  },
];
