import type { RunScope } from '../run-record.ts';

const number = (value: number): string => value.toLocaleString('en');

/**
 * What the harness takes of the board's heap, as names and words for a table of facts; none where it was not measured.
 *
 * @example footprintRows(record.run?.harness); // [['harness: agent', '8,224 bytes'], …]
 */
export function footprintRows(harness: RunScope['harness']): (readonly [name: string, words: string])[] {
  if (harness === undefined) return [];
  const { bare, agent, ready } = harness;
  const taken = (from: number, to: number): string => `${number(from - to)} bytes`;
  const native = bare.native && ready.native;
  return [
    ['harness: agent', taken(bare.free, agent.free)],
    ['harness: ready for a case', `${taken(bare.free, ready.free)} of ${number(bare.free)} free`],
    ['harness: largest free block', `${number(bare.largest)} bytes without it, ${number(ready.largest)} with it`],
    ...(native && bare.native
      ? [['harness: ESP-IDF heap', `${taken(bare.native.free, native.free)}, with the network`] as const]
      : []),
  ];
}
