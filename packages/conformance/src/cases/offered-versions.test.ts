import { expect, test } from 'vitest';
import type { CaseBench } from './conformance-case.ts';
import { needsVersion } from './offered-versions.ts';

/** A lab of which only the ClientHello matters; counts how often a board is asked. */
function benchOffering(...answers: readonly (readonly string[] | null)[]): CaseBench & { asked: number } {
  const bench = {
    asked: 0,
    board: {},
    pki: { certificate: async () => ({}) },
    tls: {
      connect: async () => {
        const versions = answers[Math.min(bench.asked++, answers.length - 1)] ?? null;
        return { wire: versions === null ? null : { clientHello: { versions } } };
      },
    },
  };
  return bench as unknown as CaseBench & { asked: number };
}

test('a board that offers the version is asked once a session', async () => {
  const bench = benchOffering(['TLSv1.3', 'TLSv1.2']);
  expect(await needsVersion('TLSv1.3')(bench)).toBeNull();
  expect(await needsVersion('TLSv1.2')(bench)).toBeNull();
  expect(bench.asked).toBe(1);
});

test('a firmware without the version cannot be posed the case, and says so', async () => {
  const bench = benchOffering(['TLSv1.2']);
  expect(await needsVersion('TLSv1.3')(bench)).toEqual({ unavailable: 'the firmware offers no TLSv1.3' });
});

test('a board that sent no ClientHello loses the case, and the next one asks again', async () => {
  const bench = benchOffering(null, ['TLSv1.2', 'TLSv1.3']);
  expect(await needsVersion('TLSv1.3')(bench)).toEqual({ lost: 'the board sent no ClientHello' });
  expect(await needsVersion('TLSv1.3')(bench)).toBeNull();
  expect(bench.asked).toBe(2);
});
