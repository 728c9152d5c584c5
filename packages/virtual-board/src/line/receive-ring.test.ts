import { expect, test } from 'vitest';
import { ReceiveRing } from './receive-ring.ts';

test('what does not fit is dropped', () => {
  const ring = new ReceiveRing(4);
  ring.push(Buffer.from('abc'));
  ring.push(Buffer.from('defg'));
  expect(ring.dropped).toBe(3);
  expect(ring.take(10).toString()).toBe('abcd');
  ring.push(Buffer.from('hi'));
  expect(ring.take(1).toString()).toBe('h');
  expect(ring.length).toBe(1);
});

test('a stop byte ends what is taken', () => {
  const ring = new ReceiveRing(100);
  ring.push(Buffer.from('ab\x04cd'));
  expect(ring.take(10, [4]).toString()).toBe('ab\x04');
  expect(ring.take(10, [4]).toString()).toBe('cd');
  expect(ring.take(10, [4]).length).toBe(0);
});
