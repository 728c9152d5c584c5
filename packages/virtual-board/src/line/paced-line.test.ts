import { expect, test } from 'vitest';
import type { TimerClock } from './clock.ts';
import { PacedLine } from './paced-line.ts';

class FakeClock implements TimerClock {
  #nowMs = 0;
  #timers: { atMs: number; callback: () => void }[] = [];

  now(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, ms: number): unknown {
    const timer = { atMs: this.#nowMs + ms, callback };
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer !== handle);
  }

  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.clearTimeout(next);
      this.#nowMs = next.atMs;
      next.callback();
    }
    this.#nowMs = untilMs;
  }
}

function line(baudRate: number, latencyMs: number) {
  const clock = new FakeClock();
  let out = '';
  const paced = new PacedLine({ baudRate, latencyMs, clock, deliver: (bytes) => (out += bytes.toString()) });
  return { clock, paced, out: () => out };
}

test('an unlimited line without latency delivers at once', () => {
  const { paced, out } = line(0, 0);
  paced.push(Buffer.from('abc'));
  expect(out()).toBe('abc');
});

test('10,000 bit/s is a byte a millisecond', () => {
  const { clock, paced, out } = line(10_000, 0);
  paced.push(Buffer.from('abcdef'));
  expect(out()).toBe('');
  clock.advance(2);
  expect(out()).toBe('ab');
  paced.push(Buffer.from('g'));
  clock.advance(4);
  expect(out()).toBe('abcdef');
  clock.advance(1);
  expect(out()).toBe('abcdefg');
  expect(paced.queued).toBe(0);
});

test('latency delays without slowing down', () => {
  const { clock, paced, out } = line(0, 16);
  paced.push(Buffer.from('a'));
  clock.advance(8);
  paced.push(Buffer.from('b'));
  clock.advance(8);
  expect(out()).toBe('a');
  clock.advance(8);
  expect(out()).toBe('ab');
});

test('a stalled line keeps the order', () => {
  const { clock, paced, out } = line(0, 0);
  paced.stall(5);
  paced.push(Buffer.from('a'));
  expect(out()).toBe('');
  clock.advance(6);
  paced.push(Buffer.from('b'));
  clock.advance(1);
  expect(out()).toBe('ab');
});

test('clear forgets what is on its way', () => {
  const { clock, paced, out } = line(0, 10);
  paced.push(Buffer.from('a'));
  paced.clear();
  clock.advance(20);
  expect(out()).toBe('');
});
