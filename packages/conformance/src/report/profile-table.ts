import type { CaseTimes, RunProfile } from '../run-record.ts';

/** Cases that the terminal shows. */
const SHOWN = 5;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const number = (value: number): string => value.toLocaleString('en');

const wholeOf = ({ lineMs, handshakeMs, waitingMs, hostMs }: CaseTimes): number =>
  lineMs + handshakeMs + waitingMs + hostMs;

/** One part of a run's time, for terminal and page. */
export interface ProfileRow {
  readonly part: 'line' | 'handshake' | 'waiting' | 'host';
  readonly ms: number;
  /** Of the whole, in percent. */
  readonly share: number;
  readonly meaning: string;
}

/**
 * The parts of a run's time; together they are the whole.
 *
 * @example const [line] = profileRows(profile); // { part: 'line', ms: 20_100, share: 33, meaning: '…' }
 */
export function profileRows({ totalMs, lineMs, handshakeMs, waitingMs, hostMs, ...more }: RunProfile): ProfileRow[] {
  // Boards that share a run are busy at the same time: their parts are those of all of them together.
  const wholeMs = Math.max(totalMs, lineMs + handshakeMs + waitingMs + hostMs);
  const row = (part: ProfileRow['part'], ms: number, meaning: string): ProfileRow => ({
    part,
    ms,
    share: wholeMs === 0 ? 0 : Math.round((100 * ms) / wholeMs),
    meaning,
  });
  return [
    row('line', lineMs, `the serial line carried, or the board worked at a call (${number(more.lineBytes)} bytes)`),
    row('handshake', handshakeMs, 'a connection stood and moved'),
    row('waiting', waitingMs, 'a call or a connection, and nothing passed for more than 100 ms'),
    row(
      'host',
      hostMs,
      `certificates, decoding, the test runner; ${seconds(more.outsideMs)} of it before the first and after the last test`,
    ),
  ];
}

/** The same in lines: a headline, one for each part, and the slowest cases. */
export function profileLines(profile: RunProfile): { readonly title: string; readonly lines: readonly string[] } {
  const { totalMs, cases, slowest } = profile;
  const each = cases === 0 ? '' : `, ${(totalMs / cases).toFixed(1)} ms each`;
  const told = slowest.slice(0, SHOWN).map((times) => `${times.case} ${seconds(wholeOf(times))}`);
  return {
    title: `Where the time went: ${seconds(totalMs)}, ${number(cases)} ${cases === 1 ? 'case' : 'cases'}${each}`,
    lines: [
      ...profileRows(profile).map(
        ({ part, ms, share, meaning }) =>
          `  ${part.padEnd(10)} ${seconds(ms).padStart(8)} ${`${share} %`.padStart(5)}  ${meaning}`,
      ),
      ...(told.length === 0 ? [] : [`  slowest    ${told.join(', ')}`]),
    ],
  };
}
