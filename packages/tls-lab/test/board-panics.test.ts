import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyOf } from '../src/story/story.ts';
import { type BoardLab, noMicroPython, onVirtualBoard, openLab } from './board-lab.ts';

/** What the serial line carried when real firmware died in a case: panic, ROM messages, the banner of the boot. */
const panics: Record<string, Record<string, { hex: string }>> = JSON.parse(
  readFileSync(new URL('../../../fixtures/sessions/panics.json', import.meta.url), 'utf8'),
);
const recorded = Object.entries(panics).flatMap(([firmware, programs]) =>
  Object.entries(programs).map(([program, { hex }]): [string, string, Uint8Array] => [
    firmware,
    program,
    new Uint8Array(Buffer.from(hex, 'hex')),
  ]),
);

describe.skipIf(noMicroPython)(`panics of real firmware in a case ${onVirtualBoard}`, () => {
  let bench: BoardLab;
  beforeAll(async () => {
    bench = await openLab();
  });
  afterAll(() => bench?.[Symbol.asyncDispose]());

  test.for(recorded)('%s, %s', async ([, program, bytes]) => {
    const source = 'import sys, time\nsys.stdout.buffer.write(panic)\ntime.sleep(30)';
    const steps = [{ do: 'python', name: program, source }] as const;
    const handshake = await bench.lab.connect({}, { data: { panic: bytes }, steps });
    expect(handshake.board).toMatchObject({
      completed: false,
      crash: expect.stringMatching(/Guru Meditation Error: Core\s+\d panic'ed \(\w+\)/),
      crashedIn: program,
      error: null,
    });
    expect(storyOf(handshake)).toMatch(/CRASHED in .*Guru Meditation/);
    // The next case finds a board again.
    expect((await bench.lab.connect({})).board).toMatchObject({ completed: true });
  });
});
